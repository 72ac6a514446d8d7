"""What one deployment was asked to be: stage, region and options, read from CDK's context."""

from dataclasses import dataclass, field

import aws_cdk as cdk
from constructs import Construct

from infra.runtime import EMULATOR, LAMBDA, Platform
from infra.shopify_app import ShopifyApp

# Stages that hold nobody's data: their tables and buckets go when the stack goes.
DISPOSABLE = frozenset({"local", "dev"})

# A killed worker's messages come back after this time, and a person waits for it.
LOCAL_WORKER_SECONDS = 15

# Each worker at work is a process here, and starting many at once starves those that run.
LOCAL_AT_ONCE = 2

# As the store simulator knows us, whatever `shopify.app.toml` is linked to.
LOCAL_CLIENT_ID = "shopbridge-local"

# The variable for each context key that replaces hosts by a simulator's.
REDIRECTS = {
    "netcore_hosts": "NETCORE_HOSTS",
    "shopify_admin_url": "SHOPIFY_ADMIN_URL",
    "shopify_cdn_url": "SHOPIFY_CDN_URL",
}


class Misconfigured(Exception):
    """The context asks for something that must not be deployed."""


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """The options of one synthesis; everything that differs between two stages is here."""

    stage: str = "dev"
    region: str | None = None
    local: bool = False
    # `aws.partner/shopify.com/<app>/<source>`, as the Dev Dashboard shows it; None: HTTPS only.
    partner_event_source: str | None = None
    # Variables that lead functions to the simulators.
    redirects: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, scope: Construct) -> "Deployment":
        """
        Read the context of `scope`.

        Raises:
            Misconfigured: a host that receives tokens or data is replaced outside `-c local=1`.
        """
        context = scope.node.try_get_context
        local = str(context("local") or "0") in {"1", "true"}
        redirects = {
            variable: str(context(key)) for key, variable in REDIRECTS.items() if context(key)
        }
        if redirects and not local:
            raise Misconfigured(f"{', '.join(redirects)}: only a local run may replace hosts")
        return cls(
            stage=context("stage") or ("local" if local else "dev"),
            region=context("region"),
            local=local,
            partner_event_source=context("partner_event_source"),
            redirects=redirects,
        )

    @property
    def platform(self) -> Platform:
        """For which interpreter code is built."""
        return EMULATOR if self.local else LAMBDA

    @property
    def disposable(self) -> bool:
        """Whether data may go with the stack."""
        return self.stage in DISPOSABLE

    @property
    def removal(self) -> cdk.RemovalPolicy:
        """What becomes of data when its stack is deleted."""
        return cdk.RemovalPolicy.DESTROY if self.disposable else cdk.RemovalPolicy.RETAIN

    @property
    def client_id(self) -> str:
        """Who we are to Shopify; to the store simulator we are always the same."""
        return LOCAL_CLIENT_ID if self.local else ShopifyApp.read().client_id

    def bus_name(self) -> str | None:
        """The event bus that brings deliveries; None when only HTTPS does."""
        return f"shopbridge-{self.stage}" if self.local else self.partner_event_source

    def stack(self, name: str) -> str:
        """The full name of the stack `name` of this stage."""
        return f"Shopbridge-{self.stage}-{name}"

    def parameter(self, name: str) -> str:
        """The SSM parameter `name` of this stage."""
        return f"/shopbridge/{self.stage}/{name}"

    def worker_seconds(self, seconds: int) -> int:
        """How long a worker may take that is given `seconds` on AWS."""
        return min(seconds, LOCAL_WORKER_SECONDS) if self.local else seconds

    def visibility_seconds(self, seconds: int) -> int:
        """How long a message stays hidden from others: six times its worker's time, as AWS asks."""
        return self.worker_seconds(seconds) * (1 if self.local else 6)

    def at_once(self, workers: int) -> int:
        """How many of a worker may run on one lane where AWS may run `workers`."""
        return min(workers, LOCAL_AT_ONCE) if self.local else workers
