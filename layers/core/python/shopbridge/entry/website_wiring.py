"""Wires what brings websites and people together, and what tells storefronts of settings."""

from functools import partial

import boto3

from shopbridge.aws.client import Aws
from shopbridge.entry.abandonment_wiring import keyring
from shopbridge.entry.patience import PATIENCE
from shopbridge.entry.shopify_wiring import now
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment
from shopbridge.ledger.deliveries import Deliveries
from shopbridge.outbox import Outbox
from shopbridge.stores.store import Store
from shopbridge.website_tracking.configuring import Configuring
from shopbridge.website_tracking.delivery import Services
from shopbridge.website_tracking.joining import Joining
from shopbridge.website_tracking.visitors import Visitors


def wired(environment: Environment) -> Services:
    """Wire the worker from the variables that infra sets."""
    wiring = Wiring(environment)
    visitors = partial(Visitors, wiring.table("CHECKOUTS_TABLE"))
    secrets, deliveries, out = keyring(wiring), _deliveries(environment), _outbox(environment)

    def joining(store: Store) -> Joining:
        return Joining(
            store, visitors(store.name), secrets.of(store.name), deliveries, out, wiring.station.now
        )

    return Services(
        station=wiring.station,
        joining=joining,
        shopify=wiring.gateway,
        collect_url=environment["COLLECT_URL"],
    )


def configuring(environment: Environment) -> Configuring:
    """Wire what asks the worker for it."""
    ledger = Wiring(environment).table("LEDGER_TABLE")
    return Configuring(ledger, _outbox(environment), now)


def _deliveries(environment: Environment) -> Deliveries:
    return Deliveries(
        Aws.from_environment(environment.variables).dynamodb, environment["LEDGER_TABLE"]
    )


def _outbox(environment: Environment) -> Outbox:
    return Outbox(boto3.client("sns", config=PATIENCE), environment["COMMANDS_TOPIC_ARN"])
