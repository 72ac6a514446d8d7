"""Wires what Netcore and people's links reach: the composition root of both functions."""

from functools import partial

from shopbridge.aws.client import Aws
from shopbridge.entry import ingest
from shopbridge.entry.inbox import Services
from shopbridge.entry.shopify_wiring import now
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment
from shopbridge.ledger.reader import Ledger
from shopbridge.shopify.secrets import ClientSecrets
from shopbridge.to_shopify.links import Makes, maker
from shopbridge.to_shopify.secrets import InboundSecrets


def inbox(environment: Environment) -> Services:
    """Wire what Netcore posts to."""
    aws = Aws.from_environment(environment.variables)
    wiring = Wiring(environment)
    return Services(
        intake=ingest.build(aws, environment),
        secrets=partial(inbound_secrets, wiring),
        ledger=Ledger(wiring.table("LEDGER_TABLE")),
        end_by=aws.end_by,
    )


def inbound_secrets(wiring: Wiring, store: str) -> InboundSecrets:
    """Return the secrets with which Netcore calls for `store`."""
    return InboundSecrets(wiring.table("STORES_TABLE"), wiring.vault, store, now)


def links(wiring: Wiring) -> Makes | None:
    """Return what makes people's links; None where nobody says under which address we are."""
    base = wiring.environment.get("APP_URL")
    secrets: ClientSecrets = wiring.shopify.secrets
    return maker(base, lambda: secrets.current()[0], now) if base else None
