"""What arrived of each topic, hour by hour: the ledger's counters. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from shopbridge.ledger.counted import HOUR
from shopbridge.times import text


class Arrivals(NamedTuple):
    """How often deliveries of a topic arrived, and how many different ones these were."""

    arrivals: int
    deliveries: int


@dataclass(frozen=True, slots=True)
class Heard:
    """Counters of one store, by hour and topic."""

    counted: Mapping[tuple[str, str], Arrivals]

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> "Heard":
        """Read the rows of counters (`2026-11-23T07#orders/create`)."""
        counted = {}
        for row in rows:
            hour, _, topic = str(row["row"]).partition("#")
            arrivals = int(row.get("arrivals", 0)), int(row.get("deliveries", 0))
            counted[hour, topic] = Arrivals(*arrivals)
        return cls(counted)

    def since(self, topic: str, at: datetime, until: datetime | None = None) -> Arrivals:
        """Add up `topic` from the hour of `at` on, as far as the hour of `until`."""
        first, last = text(at)[:HOUR], text(until)[:HOUR] if until else "~"
        found = [
            one
            for (hour, name), one in self.counted.items()
            if name == topic and first <= hour <= last
        ]
        return Arrivals(sum(one.arrivals for one in found), sum(one.deliveries for one in found))
