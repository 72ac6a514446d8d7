"""Wires what looks for abandoned checkouts."""

import time
from collections.abc import Callable
from functools import cache, partial

import boto3

from shopbridge.abandonment.checkouts import Checkouts
from shopbridge.abandonment.keyring import Keyring
from shopbridge.abandonment.telling import Telling
from shopbridge.abandonment.timers import Timers
from shopbridge.aws.client import Aws
from shopbridge.entry.gate import held
from shopbridge.entry.patience import PATIENCE
from shopbridge.entry.shopify_wiring import now
from shopbridge.entry.sweeping import Services
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment
from shopbridge.ledger.deliveries import Deliveries
from shopbridge.ledger.outcomes import Outcomes
from shopbridge.outbox import Outbox
from shopbridge.stores.store import Store


def wired(environment: Environment) -> Services:
    """Wire a sweep from the variables that infra sets."""
    wiring = Wiring(environment)
    table = wiring.table("CHECKOUTS_TABLE")
    aws = Aws.from_environment(environment.variables)
    secrets = keyring(wiring)

    def telling() -> Telling:
        return Telling(
            checkouts=partial(Checkouts, table),
            store=once(wiring),
            keyring=secrets,
            deliveries=Deliveries(aws.dynamodb, environment["LEDGER_TABLE"]),
            outcomes=Outcomes(wiring.table("LEDGER_TABLE")),
            outbox=Outbox(boto3.client("sns", config=PATIENCE), environment["COMMANDS_TOPIC_ARN"]),
            held=held,
            now=now,
        )

    return Services(timers=Timers(table), telling=telling, now=now)


def keyring(wiring: Wiring) -> Keyring:
    """Build what opens the secrets under which stores' checkouts are watched."""
    return Keyring(wiring.table("CHECKOUTS_TABLE"), wiring.vault, time.monotonic)


def once(wiring: Wiring) -> Callable[[str], Store | None]:
    """Read each store once in a sweep, as it is then."""
    return cache(lambda name: wiring.store(name).get())
