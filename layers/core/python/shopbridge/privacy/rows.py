"""What the ledger knows of a store or person, found by keys and never by a scan."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from boto3.dynamodb.conditions import Key

from shopbridge import paged
from shopbridge.ledger.names import order_names_partition
from shopbridge.ledger.reader import Ledger
from shopbridge.ledger.rows import Key as LedgerKey
from shopbridge.ledger.rows import resource_key
from shopbridge.privacy.left import AT_ONCE, Left, RowKey
from shopbridge.privacy.mentions import Sought

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

ERASURE: Final = "shop/redact"
"""Topic of the deliveries that ask for it; their own rows stay."""

OF_STORE: Final = ("shop", "app", "data_request")
"""What is filed under the store itself; of its erasures rows tell nothing but that they were."""


def partition(table: "Table", keys: tuple[str, str], value: str) -> Iterator[RowKey]:
    """Yield the keys of all rows below the partition `value`."""
    yield from queried(table, keys, Key(keys[0]).eq(value))


def queried(
    table: "Table", keys: tuple[str, str], condition: Any, **options: Any
) -> Iterator[RowKey]:
    """Yield the keys of all rows that a query finds."""
    names = {"#p": keys[0], "#s": keys[1]}
    return paged.queried(
        table, condition, ProjectionExpression="#p, #s", ExpressionAttributeNames=names, **options
    )


def parts(keys: Iterable[RowKey]) -> Iterator[list[RowKey]]:
    """Cut keys into parts that fit into a transaction."""
    source = iter(keys)
    while part := list(islice(source, AT_ONCE)):
        yield part


def delete(table: "Table", keys: Iterable[RowKey]) -> None:
    """Delete rows; those that are not there are no matter."""
    with table.batch_writer() as batch:
        for key in keys:
            batch.delete_item(Key=key)


@dataclass(frozen=True, slots=True)
class LedgerRows:
    """
    What the ledger knows: ids and names of orders, never content.

    Rows are found by the index of resources. What a store's are about, its other rows say;
    those are deleted after what they lead to, so that an erasure goes on where it stopped.
    Counters name nobody, and stay: what was made and what became of it has to add up.
    """

    table: "Table"
    name: str = "ledger"

    def erase_person(self, store: str, sought: Sought, after: str) -> Iterator[str]:
        """Delete the deliveries about the customer and their orders, with their commands."""
        resources, done = sought.resources(), int(after or 0)
        for number, resource in enumerate(resources[done:], done + 1):
            for history in Ledger(self.table).about(store, resource):
                title = history.delivery.get("title")
                if title:
                    named = {"delivery": order_names_partition(store), "row": title}
                    delete(self.table, [named])
            delete(self.table, self.about(store, resource))
            yield str(number)

    def erase_store(self, store: str, left: Left) -> Iterator[None]:
        """Delete what is about the store itself, what is open, and what orders' names lead to."""
        for resource in OF_STORE:
            yield from left.delete(self.table, self.about(store, resource))
        names = partition(self.table, _KEYS, order_names_partition(store))
        for part in parts(names):
            ids = [Ledger(self.table).order(store, str(key["row"])) for key in part]
            led = (key for id_ in ids if id_ for key in self.about(store, f"order#{id_}"))
            yield from left.delete(self.table, led)
            yield from left.delete(self.table, part)
        for row in Ledger(self.table).open(store):
            found = partition(self.table, _KEYS, str(row["delivery"]))
            others = (key for key in found if not str(key["row"]).startswith(f"{ERASURE}#"))
            yield from left.delete(self.table, others)

    def about(self, store: str, resource: str) -> Iterator[RowKey]:
        """Yield the keys of the deliveries about `resource`, each behind its commands."""
        wanted = Key("resource").eq(resource_key(store, resource))
        for found in queried(self.table, _KEYS, wanted, IndexName="resource"):
            yield from self.delivery(LedgerKey(str(found["delivery"]), str(found["row"])))

    def delivery(self, key: LedgerKey) -> list[RowKey]:
        """Return the keys of a delivery's rows, its own last, since it leads to the others."""
        own = Key("delivery").eq(key.delivery) & Key("row").begins_with(key.row)
        found = queried(self.table, _KEYS, own)
        return sorted(found, key=lambda one: str(one["row"]), reverse=True)

    def event(self, store: str, event_id: str) -> Iterator[RowKey]:
        """Yield the keys of all rows of one merchant action."""
        return partition(self.table, _KEYS, f"{store}#{event_id}")


_KEYS: Final = ("delivery", "row")
