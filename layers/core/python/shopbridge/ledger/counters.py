"""Hourly counters per store and topic, added up from the ledger's stream."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from shopbridge.ledger.counted import Counts, change
from shopbridge.ledger.names import DIRECTORY, counters_key, order_name_key, order_of
from shopbridge.ledger.rows import KEEP_SECONDS
from shopbridge.tallies import Change, Tallies, steps

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


class Counters:
    """Adds to the counters that lie in the ledger's own table."""

    def __init__(self, table: "Table") -> None:
        self._table = table
        self._listed: set[str] = set()

    def apply(self, shard: str, changes: Sequence[Change], now: datetime) -> int:
        """Count `changes` of one shard, in their order; return how many counters moved."""
        expires = int(now.timestamp()) + KEEP_SECONDS
        by_place = steps(changes, _counts)
        for one in changes:
            self._point(one, expires)
        self._list({place.store for place in by_place}, expires)
        tallies = Tallies(self._table, shard, now)
        return sum(
            tallies.add(counters_key(place), by_place[place], expires) for place in sorted(by_place)
        )

    def _list(self, stores: Iterable[str], expires: int) -> None:
        """Enter `stores` in the directory, installed or not: reports start there."""
        for store in sorted(set(stores) - self._listed):
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
