"""
Conservation: whatever was made has ended in exactly one outcome, or is still waiting.

Made and ended are counted from different rows, written by different functions, so
`waiting` is what is left over. It must not be below zero, and where it is above, the
queue of that kind must hold something.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from shopbridge.ledger.counted import HOUR, STATES
from shopbridge.ledger.history import Row
from shopbridge.ledger.reader import Ledger
from shopbridge.outcome import OUTCOMES
from shopbridge.times import text

Queued = Mapping[str, int]
"""Messages that wait in the queues of each kind of command, of all stores."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were made, and how they ended."""

    made: int
    ended: Counter[str]

    @property
    def waiting(self) -> int:
        """What has not ended yet."""
        return self.made - self.ended.total()


@dataclass(frozen=True, slots=True)
class Report:
    """Counters of some stores since some hour, added up."""

    since: datetime
    stores: tuple[str, ...]
    by_topic: Mapping[str, Counter[str]] = field(default_factory=dict)
    queued: Queued | None = None

    @property
    def total(self) -> Counter[str]:
        """All topics together."""
        return _sum(self.by_topic.values())

    def findings(self) -> Iterator[str]:
        """Say in plain words what does not balance; nothing where all does."""
        for topic, counts in sorted(self.by_topic.items()):
            if deliveries(counts).waiting < 0:
                yield f"{topic}: more deliveries ended than arrived"
            for kind, tally in commands(counts).items():
                if tally.waiting < 0:
                    yield f"{topic}: {-tally.waiting} more {kind} ended than were made"
        for kind, tally in commands(self.total).items():
            if tally.waiting > 0 and self.queued is not None and not self.queued.get(kind):
                yield f"{tally.waiting} {kind} have no outcome, but nothing waits in their queue"

    @property
    def balances(self) -> bool:
        """Whether nothing was lost and nothing came out of nowhere."""
        return not any(self.findings())


def deliveries(counts: Mapping[str, int]) -> Tally:
    """How many different deliveries arrived, and how they ended."""
    ended = Counter({state: counts[state] for state in STATES if counts.get(state)})
    return Tally(counts.get("deliveries", 0), ended)


def duplicates(counts: Mapping[str, int]) -> int:
    """How many arrivals repeated a delivery that was known."""
    return counts.get("arrivals", 0) - counts.get("deliveries", 0)


def commands(counts: Mapping[str, int]) -> dict[str, Tally]:
    """How many commands of each kind were made, and how they ended."""
    made: Counter[str] = Counter()
    ended: dict[str, Counter[str]] = defaultdict(Counter)
    for name, number in counts.items():
        what, _, kind = name.partition(".")
        if kind and what == "made":
            made[kind] = number
        elif kind and what in OUTCOMES and number:
            ended[kind][what] = number
    return {kind: Tally(made[kind], ended[kind]) for kind in sorted(made | dict(ended).keys())}


def all_commands(counts: Mapping[str, int]) -> Tally:
    """Commands of every kind together."""
    tallies = commands(counts).values()
    return Tally(sum(t.made for t in tallies), _sum(t.ended for t in tallies))


def report(
    ledger: Ledger, stores: Iterable[str], since: datetime, queued: Queued | None = None
) -> Report:
    """Add up the counters of `stores` from the hour of `since` on."""
    hour = since.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    by_topic: dict[str, Counter[str]] = defaultdict(Counter)
    names = tuple(stores)
    for store in names:
        for row in ledger.counters(store, text(hour)[:HOUR]):
            by_topic[str(row["row"]).partition("#")[2]].update(_numbers(row))
    return Report(hour, names, dict(by_topic), queued)


def _sum(counters: Iterable[Counter[str]]) -> Counter[str]:
    """Add counters up; unlike `+`, keeps what is below zero."""
    total: Counter[str] = Counter()
    for one in counters:
        total.update(one)
    return total


def _numbers(row: Row) -> dict[str, int]:
    aside = ("delivery", "row", "expires")
    return {
        name: int(value)
        for name, value in row.items()
        if name not in aside and not name.startswith("seen ")
    }
