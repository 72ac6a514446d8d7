"""
Counters that are exact, though the stream that feeds them repeats itself.

Each counter remembers the last record it took from each shard. A shard's records come
in order and come again only from the last checkpoint, so a batch that is repeated,
split or was applied in part counts nothing twice and leaves nothing out. What a counter
remembers of a shard is forgotten when the stream itself can no longer repeat it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

from shopbridge.conditional import written

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

SEQUENCE_DIGITS = 40
"""Longest sequence number that DynamoDB Streams gives; padded, texts sort as numbers do."""

REPEATS_END: Final = timedelta(days=3)
"""A stream keeps its records for one day; set by DynamoDB."""

_SEEN: Final = "seen "

Place = TypeVar("Place")


@dataclass(frozen=True, slots=True)
class Change:
    """One record of a stream: a row before and after."""

    sequence: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None
    at: datetime | None = None
    """When it happened, the same whenever it comes again."""


Step = tuple[str, Counter[str]]
"""What one record adds to a counter, behind its padded sequence number."""


def steps(
    changes: Iterable[Change], counts: Callable[[Change], Mapping[Place, Counter[str]]]
) -> dict[Place, list[Step]]:
    """List for each place what `changes` add there, in their order."""
    by_place: dict[Place, list[Step]] = defaultdict(list)
    for one in changes:
        for place, counted in counts(one).items():
            by_place[place].append((one.sequence.zfill(SEQUENCE_DIGITS), counted))
    return by_place


class Tallies:
    """Adds to the counters of one table, of what one shard says."""

    def __init__(self, table: "Table", shard: str, now: datetime) -> None:
        self._table = table
        self._seen = f"{_SEEN}{shard}"
        self._now = now

    def add(self, key: Mapping[str, str], steps: Sequence[Step], expires: int | None) -> bool:
        """Add `steps` to the counter at `key`; False where it has them all."""
        while steps:
            after = self._update(key, steps, expires)
            if after is not None:
                self._forget(key, after)
                return True
            last = self._last(key)
            steps = [(sequence, counts) for sequence, counts in steps if sequence > last]
        return False

    def _update(
        self, key: Mapping[str, str], steps: Sequence[Step], expires: int | None
    ) -> Mapping[str, Any] | None:
        total = _total(counts for _, counts in steps)
        names = {f"#{n}": name for n, name in enumerate(total)}
        adds = ", ".join(f"#{n} :{n}" for n in range(len(total)))
        values: dict[str, Any] = {f":{n}": number for n, number in enumerate(total.values())}
        # The day stands behind the number, where it does not change how two of them compare.
        values |= {":first": steps[0][0], ":last": f"{steps[-1][0]} {self._now:%Y-%m-%d}"}
        sets = "SET #seen = :last"
        if expires is not None:
            sets += ", expires = :expires"
            values[":expires"] = expires
        after: dict[str, Any] = {}
        done = written(
            lambda: after.update(
                self._table.update_item(
                    Key=dict(key),
                    UpdateExpression=sets + (f" ADD {adds}" if adds else ""),
                    ConditionExpression="attribute_not_exists(#seen) OR #seen < :first",
                    ExpressionAttributeNames={"#seen": self._seen, **names},
                    ExpressionAttributeValues=values,
                    ReturnValues="ALL_NEW",
                )["Attributes"]
            )
        )
        return after if done else None

    def _last(self, key: Mapping[str, str]) -> str:
        item = self._table.get_item(Key=dict(key), ConsistentRead=True).get("Item", {})
        return str(item.get(self._seen, "")).partition(" ")[0]

    def _forget(self, key: Mapping[str, str], row: Mapping[str, Any]) -> None:
        """Drop shards that ended: a counter that stays would else grow with every new one."""
        oldest = f"{self._now - REPEATS_END:%Y-%m-%d}"
        ended = [
            name
            for name, value in row.items()
            if name.startswith(_SEEN) and str(value).partition(" ")[2] < oldest
        ]
        if ended:
            self._table.update_item(
                Key=dict(key),
                UpdateExpression="REMOVE " + ", ".join(f"#{n}" for n in range(len(ended))),
                ExpressionAttributeNames={f"#{n}": name for n, name in enumerate(ended)},
            )


def shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out of a counter's row what it remembers for itself."""
    return {name: value for name, value in row.items() if not name.startswith(_SEEN)}


def _total(steps: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counts in steps:
        total.update(counts)
    return Counter({name: number for name, number in total.items() if number})
