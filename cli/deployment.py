"""The deployment a command acts on: the local run, or a stage on AWS."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import Annotated, Any

import boto3
import typer
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from cli.answer import Ending, ended
from local import run
from local.aws import KEY
from shopbridge.archive.reader import ArchiveReader
from shopbridge.catalogue.feeds import Feeds
from shopbridge.contacts.repository import Contacts
from shopbridge.entry.shopify_wiring import ShopifyWiring
from shopbridge.environment import Environment
from shopbridge.errors import Unavailable
from shopbridge.historic_sync.control import Control
from shopbridge.historic_sync.launching import launch
from shopbridge.historic_sync.manifest import Manifests
from shopbridge.historic_sync.repository import Runs
from shopbridge.lanes import KINDS
from shopbridge.ledger.reader import Ledger
from shopbridge.outbox import Outbox
from shopbridge.parked.again import Again
from shopbridge.parked.listing import Parked
from shopbridge.parked.replay import Replay
from shopbridge.parked.resume import Resume
from shopbridge.privacy.requests import DataRequests
from shopbridge.shopify.delivery import UNNAMED
from shopbridge.shopify.domain import SUFFIX
from shopbridge.shopify.gateway import Gateway
from shopbridge.stores.repository import StoreRepository
from shopbridge.stores.store import Store
from shopbridge.stores.vault import Vault
from shopbridge.to_shopify.secrets import InboundSecrets

Stage = Annotated[
    str | None, typer.Option(help="A stage on AWS; the local run where none is given.")
]
Region = Annotated[str | None, typer.Option(help="AWS region, where your profile has no other.")]
StoreName = Annotated[
    str | None, typer.Option("--store", help="vapid-store or vapid-store.myshopify.com.")
]

_COUNTS = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)


@dataclass(frozen=True)
class Deployment:
    """One stage with what belongs to it; everything is built when it is first asked for."""

    stage: str
    session: boto3.Session
    endpoint: str | None = None
    shop: str | None = None
    """The store of the local run."""
    shopify: str | None = None
    """Where the local run serves that store's Admin API."""
    url: str | None = None
    """Where the local run serves our API; its own name is known to the emulator alone."""

    def client(self, service: str, config: Config | None = None) -> Any:
        """Return a boto3 client of `service`."""
        return self.session.client(service, endpoint_url=self.endpoint, config=config)  # type: ignore[call-overload]  # the stubs want each name spelt out

    def table(self, name: str) -> Any:
        """Return the DynamoDB table that the deployment calls `name`."""
        dynamodb = self.session.resource("dynamodb", endpoint_url=self.endpoint)
        return dynamodb.Table(self.parts["tables"][name])

    @cached_property
    def parts(self) -> dict[str, Any]:
        """Names of everything that is deployed."""
        return self._parameter("deployment")

    @cached_property
    def topics(self) -> dict[str, str]:
        """Names of the functions that take webhooks, by topic."""
        return self._parameter("topics")

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger, to read."""
        return Ledger(self.table("ledger"))

    @cached_property
    def parked(self) -> Parked:
        """What waits for somebody."""
        return Parked(self.ledger, self.client("s3"), self.parts["kept_bucket"])

    @cached_property
    def again(self) -> Again:
        """Topic functions, to be invoked with a replay."""
        return Again(self.client("lambda"), self.topics)

    @cached_property
    def resume(self) -> Resume:
        """Sends on what was parked."""
        return Resume(
            parked=self.parked,
            ledger=self.table("ledger"),
            outbox=Outbox(self.client("sns"), self.parts["commands_topic"]),
            again=self.again,
        )

    def replay(self, store: str) -> Replay:
        """Return what replays deliveries of `store`."""
        archive = ArchiveReader(self.client("s3"), self.parts["archive_bucket"], store)
        return Replay(store, archive, self.ledger, self.again)

    def data_requests(self, store: str) -> DataRequests:
        """Return the data requests of `store`."""
        return DataRequests(self.ledger, self.client("s3"), self.parts["kept_bucket"], store)

    def repository(self, store: str) -> StoreRepository:
        """Return the row of `store`."""
        return StoreRepository(self.table("stores"), store)

    def contacts(self, store: str) -> Contacts:
        """Return what is known of contacts of `store`."""
        return Contacts(self.table("contacts"), store)

    def inbound(self, store: str) -> InboundSecrets:
        """Return the secrets with which Netcore calls for `store`."""
        return InboundSecrets(self.table("stores"), self.vault, store, lambda: datetime.now(UTC))

    def history(self, store: str) -> Control:
        """Return what starts and stops the historic sync of `store`."""
        start = partial(launch, self.client("stepfunctions"), self.parts["historic_sync"])
        return Control(Runs(self.table("runs"), store), start, lambda: datetime.now(UTC))

    def manifests(self, store: str) -> Manifests:
        """Return what the historic syncs of `store` have read and missed."""
        return Manifests(self.client("s3"), self.parts["kept_bucket"], store)

    @cached_property
    def feeds(self) -> Feeds:
        """Return where the product feeds of all stores are noted."""
        return Feeds(self.table("catalogue"))

    @property
    def site(self) -> str:
        """Where this deployment is reached from outside."""
        return self.url or str(self.parts["api_url"])

    @cached_property
    def vault(self) -> Vault:
        """Seals Netcore keys."""
        return Vault(self.client("kms"), self.parts["store_key"], time.monotonic)

    @contextmanager
    def gateway(self, store: Store) -> Iterator[Gateway]:
        """Open the Admin API of `store`; raises what `ShopifyWiring.gateway` does."""
        wiring = self._shopify()
        with wiring.http:
            yield wiring.gateway(store)

    def client_secret(self) -> str:
        """Read the app's newest client secret, from which keys of our own are derived."""
        return self._shopify().secrets.current()[0]

    def _shopify(self) -> ShopifyWiring:
        told = {
            "SHOPIFY_CLIENT_ID": self.parts["client_id"],
            "CLIENT_SECRETS_PARAMETER": self.parts["client_secrets_parameter"],
            "SHOPIFY_ADMIN_URL": self.shopify or "",
        }
        ssm = partial(self.client, "ssm")
        return ShopifyWiring(Environment(told), self.table("stores"), self.vault, ssm)

    def queued(self) -> dict[str, int]:
        """Count messages in the queues of each kind of command, both lanes together."""
        sqs = self.client("sqs")
        counts = {kind: 0 for kinds in KINDS.values() for kind in kinds}
        for name, queue in self.parts["queues"].items():
            kinds = KINDS.get(name.removesuffix("-history"))
            if kinds:
                answer = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=_COUNTS)
                waiting = sum(int(count) for count in answer["Attributes"].values())
                counts.update((kind, counts[kind] + waiting) for kind in kinds)
        return counts

    def store(self, given: str | None) -> str:
        """Return the store a command is about; the only one there is where none is given."""
        if given:
            return given if given == UNNAMED or "." in given else f"{given}{SUFFIX}"
        if self.shop:
            return self.shop
        stores = [name for name in self.ledger.stores() if name != UNNAMED]
        if len(stores) == 1:
            return stores[0]
        known = ", ".join(stores) or "none yet"
        raise ended(Ending.USAGE, f"--store says which one; known: {known}")

    def _parameter(self, name: str) -> dict[str, Any]:
        answer = self.client("ssm").get_parameter(Name=f"/shopbridge/{self.stage}/{name}")
        value: dict[str, Any] = json.loads(answer["Parameter"]["Value"])
        return value


def connect(stage: str | None, region: str | None = None) -> Deployment:
    """Return the deployment of `stage`; without one, the local run, which must be up."""
    if stage:
        return Deployment(stage, boto3.Session(region_name=region))
    running = run.status()
    if running is None:
        raise ended(Ending.OTHER_SIDE_FAILED, "not running: `shopbridge local up` starts it")
    session = boto3.Session(KEY, KEY, region_name=running.region)
    return Deployment(
        "local",
        session,
        running.aws_endpoint_url,
        running.shop,
        running.store_url,
        running.api_url,
    )


@contextmanager
def remote() -> Iterator[None]:
    """End the command with exit code 3 where AWS refuses or does not answer."""
    try:
        yield
    except ClientError as exc:
        code = exc.response.get("Error", {}).get("Code", "")
        raise ended(Ending.OTHER_SIDE_FAILED, f"AWS: {exc.operation_name}: {code}") from exc
    except (BotoCoreError, Unavailable) as exc:
        raise ended(Ending.OTHER_SIDE_FAILED, str(exc)) from exc
