"""Follows an order, customer, product or event through every hop, for support."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from shopbridge import times
from shopbridge.ledger.history import History
from shopbridge.ledger.reader import Ledger

RESOURCES = ("order", "customer", "product", "checkout", "inventory_item", "fulfillment")
"""What a bare number may name."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a delivery: where it came to, when, and what was said there."""

    at: datetime | None
    """None for what has not happened yet."""
    place: str
    what: str
    detail: str = ""


def find(ledger: Ledger, store: str, name: str) -> list[History]:
    """
    Find deliveries by event id, order name (`#1001`), or an id of Shopify's.

    `customer#7001` asks for one kind of thing; a bare number for all kinds.
    """
    return find_all(ledger, store, [name])


def find_all(ledger: Ledger, store: str, names: Iterable[str]) -> list[History]:
    """Find what `find` does for each of `names`; each delivery once, oldest first."""
    found = {_key(one): one for name in names for one in _candidates(ledger, store, name)}
    return sorted(found.values(), key=lambda one: str(one.delivery.get("received_at", "")))


def hops(history: History) -> list[Hop]:
    """Return the time line of one delivery, what is still to come at its end."""
    steps = [*_delivery(history), *_commands(history)]
    return sorted(steps, key=lambda hop: (hop.at is None, hop.at or datetime.max))


def _candidates(ledger: Ledger, store: str, name: str) -> Iterator[History]:
    kind, separator, id_ = name.partition("#")
    if kind and separator:
        yield from ledger.about(store, name)
        return
    if kind:
        yield from ledger.event(store, name)
        for resource in RESOURCES:
            yield from ledger.about(store, f"{resource}#{name}")
    for title in dict.fromkeys((name, f"#{id_ or name}")):
        order = ledger.order(store, title)
        if order:
            yield from ledger.about(store, f"order#{order}")


_DOORS = {"storefront": ("website", "website tracking")}
"""Who began a delivery and what took it in, where it was not Shopify's webhook."""


def _delivery(history: History) -> Iterator[Hop]:
    row = history.delivery
    arrivals = int(row.get("arrivals", 1))
    again = f", {arrivals} times" if arrivals > 1 else ""
    if row.get("via") == "timer":
        yield Hop(history.time("triggered_at"), "timer", "due", "its checkout was not completed")
        yield Hop(history.time("published_at"), "sweep", "dealt with")
        return
    source, door = _DOORS.get(str(row.get("via", "")), ("Shopify", "webhook"))
    yield Hop(history.time("triggered_at"), source, "triggered", history.topic)
    yield Hop(
        history.time("received_at"),
        door,
        "received",
        f"over {row.get('via', '')}, {int(row.get('size', 0))} bytes{again}",
    )
    if history.state == "published":
        count = len(history.ends)
        made = "1 command" if count == 1 else f"{count} commands"
        yield Hop(history.time("published_at"), door, "published", made)
    elif history.state in ("parked", "failed"):
        since = str(row.get("open_at", "")).partition("#")[2]
        at = times.parse(since) if since else None
        yield Hop(at, door, history.state, str(row.get("reason", "")))


def _commands(history: History) -> Iterator[Hop]:
    for end in history.ends:
        at = end.at or (None if end.outcome == "waiting" else history.time("published_at"))
        attempts = f"attempt {end.attempts}" if end.attempts > 1 else ""
        detail = ", ".join(filter(None, (end.reason, attempts)))
        yield Hop(at, f"{end.kind} {end.label}", end.outcome, detail)


def _key(history: History) -> tuple[str, str]:
    return str(history.delivery["delivery"]), str(history.delivery["row"])
