"""One store: installed, authorised, connected, and whether anything arrives."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from cli.deployment import Deployment
from shopbridge.ledger.report import deliveries, report
from shopbridge.reconciliation.connection import AGAIN, granted, token
from shopbridge.reconciliation.finding import Check, bad, judged
from shopbridge.stores.rules import unready
from shopbridge.stores.store import Store

DAY = timedelta(hours=24)


def store(deployment: Deployment, found: Store, needed: str) -> Iterator[Check]:
    """Look at the install, its token and scopes, what is parked, and what came."""
    name = f"--store={found.name}"
    if found.status == "uninstalled":
        yield bad(
            "store", "install", "uninstalled", why="Nothing is done for this store.", mend=AGAIN
        )
        return
    yield judged(
        "store",
        "sending",
        found.status == "enabled",
        found.status,
        why="What happens meanwhile is kept for 14 days, then lost.",
        mend=f"shopbridge settings set status=enabled {name}",
    )
    yield token(found)
    yield granted(needed, found.scopes)
    yield from _activity(deployment, found, name)


def _activity(deployment: Deployment, found: Store, name: str) -> Iterator[Check]:
    made = report(deployment.ledger, [found.name], datetime.now(UTC) - DAY)
    came = deliveries(made.total).made
    yield judged(
        "store",
        "webhooks",
        came > 0,
        f"{came} in 24 h",
        why="A busy store is never silent for a day; Shopify drops subscriptions that fail.",
        mend=f"shopbridge report --since 7d {name}",
    )
    waiting = sum(1 for _ in deployment.parked.list(found.name))
    yield judged(
        "store",
        "parked and failed",
        not waiting,
        str(waiting),
        why="Each of them waits for somebody, and its content is kept for 14 days.",
        mend=f"shopbridge parked list {name}",
    )


def connection(found: Store) -> Iterator[Check]:
    """Look at what must be saved before Netcore can be called."""
    lacking = [one.field for one in unready(found)]
    key = f"--store={found.name}"
    yield judged(
        "netcore",
        "connection",
        not lacking,
        ", ".join(lacking) or found.settings.netcore.region,
        why="Without it everything for Netcore is parked.",
        mend=f"shopbridge settings key {key}; shopbridge settings set netcore.list_id=... {key}",
    )
    yield judged(
        "netcore",
        "circuit",
        found.circuit is None,
        found.circuit or "closed",
        why="Nothing is sent until somebody mends it.",
        mend=f"shopbridge settings key {key}",
    )
