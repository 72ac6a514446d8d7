"""Which events a store sends, and when they came last."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, get_args

from pydantic import BaseModel

from shopbridge import times
from shopbridge.abandonment.due import ABANDONMENT
from shopbridge.entry.api.desk import AtDesk, Sight
from shopbridge.stores.settings import EventName

BACK: Final = timedelta(days=7)
"""How far back "last received" looks."""
DAY: Final = timedelta(hours=24)

READ: Final = ("history/", "reconciliation/")
"""Counters of what did not come: we went and read."""

TOPICS: Final[Mapping[EventName, tuple[str, ...]]] = {
    "Customer Registration": ("customers/create",),
    "Checkout Started": ("checkouts/create", "checkouts/update"),
    "Product Purchase": ("orders/create",),
    "Fulfillment Update": ("fulfillments/create", "fulfillments/update"),
    "Order Fulfilled": ("orders/fulfilled",),
    "Order Updates": ("orders/edited", "orders/partially_fulfilled", "orders/updated"),
    "Order Cancelled": ("orders/cancelled",),
    "Order Refunded": ("refunds/create",),
    "Cart Abandonment": (ABANDONMENT,),
}
"""What each event is made from; a test compares it with the topics' fixtures and our timer."""


class Received(BaseModel):
    """What came of one topic."""

    topic: str
    deliveries_24h: int = 0
    activities_24h: int = 0
    """Activities that were made of them."""
    last_received: datetime | None = None
    """The hour, UTC, in which one came last, within 7 days."""


class Event(BaseModel):
    """One event: its switch, and what it is made from."""

    name: EventName
    on: bool
    deliveries_24h: int
    activities_24h: int
    last_received: datetime | None
    topics: list[str]


class Events(BaseModel):
    """All events, and all topics that came within 7 days."""

    events: list[Event]
    topics: list[Received]


def events(desk: AtDesk) -> Events:
    """All events with their switches, last received and counts of 24 hours."""
    return seen(desk)


def seen(sight: Sight) -> Events:
    """Count what came of each event."""
    topics = by_topic(sight)
    return Events(
        events=[_event(sight, name, topics) for name in get_args(EventName)],
        topics=[topics[topic] for topic in sorted(topics)],
    )


def by_topic(sight: Sight) -> dict[str, Received]:
    """Add up the hourly counters of 7 days; an hour is the finest that they know."""
    now = sight.now()
    recent = f"{now - DAY:%Y-%m-%dT%H}"
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    last: dict[str, str] = {}
    for row in sight.ledger.counters(sight.store.name, f"{now - BACK:%Y-%m-%dT%H}"):
        hour, _, topic = str(row["row"]).partition("#")
        if topic.startswith(READ):
            continue
        last[topic] = max(last.get(topic, ""), hour)
        if hour >= recent:
            wanted = {"deliveries", "made.RecordActivity"} & row.keys()
            counts[topic].update({n: int(row[n]) for n in wanted})
    return {
        topic: Received(
            topic=topic,
            deliveries_24h=counts[topic]["deliveries"],
            activities_24h=counts[topic]["made.RecordActivity"],
            last_received=times.parse(f"{hour}:00:00Z"),
        )
        for topic, hour in last.items()
    }


def _event(sight: Sight, name: EventName, topics: Mapping[str, Received]) -> Event:
    made_from = [topics[topic] for topic in TOPICS[name] if topic in topics]
    return Event(
        name=name,
        on=sight.store.settings.sends(name),
        deliveries_24h=sum(one.deliveries_24h for one in made_from),
        activities_24h=sum(one.activities_24h for one in made_from),
        last_received=max((o.last_received for o in made_from if o.last_received), default=None),
        topics=list(TOPICS[name]),
    )
