"""Reads the ledger for operators: by event, by resource, by what is open, by hour."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.conditions import Key

from shopbridge import paged
from shopbridge.ledger.history import History, Row, histories
from shopbridge.ledger.names import (
    DIRECTORY,
    OrderName,
    consents_partition,
    counters_partition,
    order_name_key,
)
from shopbridge.ledger.rows import resource_key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


class Ledger:
    """The ledger's table, read only; every question is a query, never a scan."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def stores(self) -> list[str]:
        """List every store that a delivery ever named, installed or not."""
        return [str(row["row"]) for row in self._query(Key("delivery").eq(DIRECTORY))]

    def event(self, store: str, event_id: str) -> list[History]:
        """Return all deliveries of one merchant action."""
        return histories(self._query(Key("delivery").eq(f"{store}#{event_id}")))

    def about(self, store: str, resource: str) -> list[History]:
        """Return all deliveries about one thing, for example `order#450789469`."""
        keys = self._query(Key("resource").eq(resource_key(store, resource)), IndexName="resource")
        return [one for key in keys for one in self._with_commands(key)]

    def order(self, store: str, name: str) -> str | None:
        """Find the id of the order that people call `name`."""
        key = order_name_key(OrderName(store, name, ""))
        item = self._table.get_item(Key=key).get("Item")
        return str(item["order"]) if item else None

    def open(
        self, store: str, state: str = "", after: Mapping[str, str] | None = None
    ) -> Iterator[Row]:
        """
        Yield rows that need somebody, failed before parked, oldest first.

        `after` goes on where an earlier list ended; see `place_of`.
        """
        place = Key("open").eq(store)
        wanted = place & Key("open_at").begins_with(f"{state}#") if state else place
        start = {"ExclusiveStartKey": dict(after)} if after else {}
        for key in self._query(wanted, IndexName="open", **start):
            row = self.row(str(key["delivery"]), str(key["row"]))
            if row and "open" in row:
                yield row

    @staticmethod
    def place_of(row: Row) -> dict[str, str]:
        """Return where `row` stands among the open ones."""
        return {name: str(row[name]) for name in ("delivery", "row", "open", "open_at")}

    def row(self, delivery: str, row: str) -> Row | None:
        """Return one row as it is now."""
        key = {"delivery": delivery, "row": row}
        return self._table.get_item(Key=key, ConsistentRead=True).get("Item")

    def counters(self, store: str, since_hour: str) -> Iterator[Row]:
        """Yield the counters of `store` from that hour (`2026-11-23T07`) on."""
        partition = Key("delivery").eq(counters_partition(store))
        yield from self._query(partition & Key("row").gte(since_hour))

    def consents(self, store: str, since_day: str) -> Iterator[Row]:
        """Yield the counts of consent of `store`: days from `since_day` on, then the total."""
        partition = Key("delivery").eq(consents_partition(store))
        yield from self._query(partition & Key("row").gte(since_day))

    def _with_commands(self, key: Mapping[str, Any]) -> list[History]:
        partition = Key("delivery").eq(key["delivery"])
        return histories(self._query(partition & Key("row").begins_with(key["row"])))

    def _query(self, condition: Any, **options: Any) -> Iterator[Row]:
        return paged.queried(self._table, condition, **options)
