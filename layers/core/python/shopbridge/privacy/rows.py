"""Deletes rows of one store, table by table; no table is read further than the store's own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.conditions import Key

from shopbridge.ledger.history import History
from shopbridge.ledger.names import counters_partition
from shopbridge.ledger.reader import Ledger
from shopbridge.privacy.mentions import Sought
from shopbridge.receipts.effects import SHARDS, shard_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

RowKey = dict[str, Any]


def partition(table: "Table", keys: tuple[str, str], value: str) -> Iterator[RowKey]:
    """Yield the keys of all rows below the partition `value`."""
    wanted: dict[str, Any] = {
        "KeyConditionExpression": Key(keys[0]).eq(value),
        "ProjectionExpression": "#p, #s",
        "ExpressionAttributeNames": {"#p": keys[0], "#s": keys[1]},
    }
    while True:
        page = table.query(**wanted)
        yield from page["Items"]
        if "LastEvaluatedKey" not in page:
            return
        wanted["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def delete(table: "Table", keys: Iterable[RowKey]) -> None:
    """Delete rows; those that are not there are no matter."""
    with table.batch_writer() as batch:
        for key in keys:
            batch.delete_item(Key=key)


@dataclass(frozen=True, slots=True)
class Sharded:
    """Rows of a table whose partitions are a store's ten shards: contacts, receipts."""

    table: "Table"
    sort: str

    def erase_person(self, store: str, sought: Sought) -> None:
        """Delete a contact's row; receipts are named after orders, and stop a second sending."""
        customer = sought.person.customer_id
        if self.sort == "customer" and customer:
            delete(self.table, [{"store_shard": shard_of(store, customer), "customer": customer}])

    def erase_store(self, store: str) -> None:
        """Delete all rows of the store."""
        for shard in range(SHARDS):
            keys = partition(self.table, ("store_shard", self.sort), f"{store}#{shard}")
            delete(self.table, keys)


@dataclass(frozen=True, slots=True)
class OfStore:
    """Rows of a table whose partition is the store and that name nobody: catalogue, runs."""

    table: "Table"
    sort: str

    def erase_person(self, store: str, sought: Sought) -> None:
        """Nothing in them is about a person."""

    def erase_store(self, store: str) -> None:
        """Delete all rows of the store."""
        delete(self.table, partition(self.table, ("store", self.sort), store))


@dataclass(frozen=True, slots=True)
class LedgerRows:
    """
    What the ledger knows: ids and names of orders, never content.

    Rows are found by the index of resources. What a store's are about, its own receipts,
    contacts and names of orders say, so these go after the ledger; the archive names its events.
    """

    table: "Table"
    receipts: "Table"
    contacts: "Table"

    def erase_person(self, store: str, sought: Sought) -> None:
        """Delete the deliveries about the customer and their orders, with their commands."""
        ledger = Ledger(self.table)
        for resource in sought.resources():
            for history in ledger.about(store, resource):
                self._delete(history)
                title = history.delivery.get("title")
                if title:
                    names = {"delivery": f"order-name#{store}", "row": title}
                    delete(self.table, [names])

    def erase_store(self, store: str) -> None:
        """Delete what is about anything of the store, what is open, counters and names."""
        keys, ledger = ("delivery", "row"), Ledger(self.table)
        for resource in set(self._resources(store)):
            for history in ledger.about(store, resource):
                self._delete(history)
        # Counts of consent stay: the contacts' stream takes everybody back who is deleted.
        for name in (counters_partition(store), f"order-name#{store}"):
            delete(self.table, partition(self.table, keys, name))
        for row in list(ledger.open(store)):
            delete(self.table, partition(self.table, keys, str(row["delivery"])))
        delete(self.table, [{"delivery": "#stores", "row": store}])

    def _resources(self, store: str) -> Iterator[str]:
        """Name what the store's deliveries are about, as its other rows know it."""
        for shard in range(SHARDS):
            place = f"{store}#{shard}"
            for row in partition(self.receipts, ("store_shard", "effect"), place):
                yield str(row["effect"]).split("/")[-2]
            for row in partition(self.contacts, ("store_shard", "customer"), place):
                yield f"customer#{row['customer']}"
        for row in partition(self.table, ("delivery", "row"), f"order-name#{store}"):
            order = Ledger(self.table).order(store, str(row["row"]))
            if order:
                yield f"order#{order}"

    def erase_event(self, store: str, event_id: str) -> None:
        """Delete all rows of one merchant action."""
        delete(self.table, partition(self.table, ("delivery", "row"), f"{store}#{event_id}"))

    def _delete(self, history: History) -> None:
        row = history.delivery
        found = partition(self.table, ("delivery", "row"), str(row["delivery"]))
        delete(self.table, [key for key in found if str(key["row"]).startswith(str(row["row"]))])
