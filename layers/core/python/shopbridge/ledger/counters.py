"""
Hourly counters per store and topic, added up from the ledger's stream.

Each counter remembers the last record it took from each shard. A shard's records come
in order and come again only from the last checkpoint, so a batch that is repeated,
split or was applied in part counts nothing twice and leaves nothing out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shopbridge.conditional import written
from shopbridge.ledger.counted import Counts, Place, change
from shopbridge.ledger.names import DIRECTORY, counters_key, order_name_key, order_of
from shopbridge.ledger.rows import KEEP_SECONDS

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

SEQUENCE_DIGITS = 40
"""Longest sequence number that DynamoDB Streams gives; padded, texts sort as numbers do."""


@dataclass(frozen=True, slots=True)
class Change:
    """One record of the stream: a row before and after."""

    sequence: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None


class Counters:
    """Adds to the counters that lie in the ledger's own table."""

    def __init__(self, table: "Table") -> None:
        self._table = table
        self._listed: set[str] = set()

    def apply(self, shard: str, changes: Iterable[Change], now: datetime) -> int:
        """Count `changes` of one shard, in their order; return how many counters moved."""
        expires = int(now.timestamp()) + KEEP_SECONDS
        by_place: dict[Place, list[tuple[str, Counter[str]]]] = defaultdict(list)
        for one in changes:
            self._point(one, expires)
            for place, counts in _counts(one).items():
                by_place[place].append((one.sequence.zfill(SEQUENCE_DIGITS), counts))
        for store in sorted({place.store for place in by_place} - self._listed):
            self._list(store, expires)
        return sum(self._add(place, shard, by_place[place], expires) for place in sorted(by_place))

    def _add(
        self, place: Place, shard: str, steps: Sequence[tuple[str, Counter[str]]], expires: int
    ) -> bool:
        while steps:
            if self._update(place, shard, steps, expires):
                return True
            last = self._last(place, shard)
            steps = [(sequence, counts) for sequence, counts in steps if sequence > last]
        return False

    def _update(
        self, place: Place, shard: str, steps: Sequence[tuple[str, Counter[str]]], expires: int
    ) -> bool:
        total = _total(counts for _, counts in steps)
        names = {f"#{n}": name for n, name in enumerate(total)}
        adds = ", ".join(f"#{n} :{n}" for n in range(len(total)))
        values: dict[str, Any] = {f":{n}": number for n, number in enumerate(total.values())}
        values |= {":first": steps[0][0], ":last": steps[-1][0], ":expires": expires}
        return written(
            lambda: self._table.update_item(
                Key=counters_key(place),
                UpdateExpression="SET #seen = :last, expires = :expires"
                + (f" ADD {adds}" if adds else ""),
                ConditionExpression="attribute_not_exists(#seen) OR #seen < :first",
                ExpressionAttributeNames={"#seen": _seen(shard), **names},
                ExpressionAttributeValues=values,
            )
        )

    def _last(self, place: Place, shard: str) -> str:
        item = self._table.get_item(Key=counters_key(place), ConsistentRead=True).get("Item", {})
        return str(item.get(_seen(shard), ""))

    def _list(self, store: str, expires: int) -> None:
        """Enter the store in the directory, installed or not: reports start there."""
        self._table.put_item(Item={"delivery": DIRECTORY, "row": store, "expires": expires})
        self._listed.add(store)

    def _point(self, one: Change, expires: int) -> None:
        """Lead from an order's name, which people know, to its id."""
        named = order_of(one.new)
        if named and named != order_of(one.old):
            self._table.put_item(
                Item={**order_name_key(named), "order": named.order, "expires": expires}
            )


def _counts(one: Change) -> Counts:
    return change(one.old, one.new) if one.new else {}


def _total(steps: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counts in steps:
        total.update(counts)
    return Counter({name: number for name, number in total.items() if number})


def _seen(shard: str) -> str:
    return f"seen {shard}"
