"""Rows of stores and people, table by table, and what they lead to in the ledger."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from shopbridge.abandonment import keyring
from shopbridge.abandonment.checkouts import Checkouts
from shopbridge.abandonment.row import PREFIX
from shopbridge.abandonment.secret import Secret
from shopbridge.historic_sync.numbering import COMMANDS, number
from shopbridge.historic_sync.repository import Runs
from shopbridge.privacy.left import Left, RowKey
from shopbridge.privacy.mentions import Sought
from shopbridge.privacy.rows import LedgerRows, delete, partition, parts
from shopbridge.receipts.effects import SHARDS, shard_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


@dataclass(frozen=True, slots=True)
class Rows:
    """A store's rows in one table; where a class says nothing else, nobody is in them."""

    table: "Table"
    ledger: LedgerRows
    keys: ClassVar[tuple[str, str]] = ("store_shard", "")
    """Partition and sort key."""

    @property
    def name(self) -> str:
        """Name the place, for an erasure that has to go on."""
        return type(self).__name__

    def erase_person(self, store: str, sought: Sought, after: str) -> Iterator[str]:
        """Nothing in them is about a person."""
        yield from ()

    def erase_store(self, store: str, left: Left) -> Iterator[None]:
        """Delete all rows of the store, each part after what it leads to in the ledger."""
        for one in self.partitions(store):
            for part in parts(partition(self.table, self.keys, one)):
                led = (key for row in part for key in self.leads_to(store, row))
                yield from left.delete(self.ledger.table, led)
                yield from left.delete(self.table, part)

    def partitions(self, store: str) -> Sequence[str]:
        """Name where the store's rows lie: ten shards."""
        return [f"{store}#{shard}" for shard in range(SHARDS)]

    def leads_to(self, store: str, row: RowKey) -> Iterator[RowKey]:
        """Yield the keys of the ledger's rows about the same thing."""
        yield from ()


class ContactRows(Rows):
    """What contacts were sent, and what they said."""

    keys = ("store_shard", "customer")

    def erase_person(self, store: str, sought: Sought, after: str) -> Iterator[str]:
        """Delete the contact's row; counts of consent follow by the table's stream."""
        customer = sought.person.customer_id
        if customer:
            delete(self.table, [{"store_shard": shard_of(store, customer), "customer": customer}])
            yield ""

    def leads_to(self, store: str, row: RowKey) -> Iterator[RowKey]:
        """Yield what is about the customer."""
        return self.ledger.about(store, f"customer#{row['customer']}")


class ReceiptRows(Rows):
    """Proofs of what was sent; those of a person stay, and name orders: they stop a second time."""

    keys = ("store_shard", "effect")

    def leads_to(self, store: str, row: RowKey) -> Iterator[RowKey]:
        """Yield what is about the thing that was told of."""
        return self.ledger.about(store, str(row["effect"]).split("/")[-2])


@dataclass(frozen=True, slots=True)
class CheckoutRows(Rows):
    """Checkouts that are watched, what leads to them, and the secret that seals them."""

    secret: Callable[[str], Secret | None]
    keys = ("store_shard", "row")

    def erase_person(self, store: str, sought: Sought, after: str) -> Iterator[str]:
        """Delete the person's checkouts."""
        secret = self.secret(store)
        if secret is not None:
            marks = secret.marks(sought.person, sought.country)
            Checkouts(self.table, store).erase_person(marks)
            yield ""

    def partitions(self, store: str) -> Sequence[str]:
        """Name the shards, then where the secret is: it goes last."""
        return [*Rows.partitions(self, store), keyring.key_of(store)["store_shard"]]

    def leads_to(self, store: str, row: RowKey) -> Iterator[RowKey]:
        """Yield what is about a checkout; marks of buyers lead nowhere."""
        name = str(row["row"])
        return self.ledger.about(store, name) if name.startswith(PREFIX) else iter(())


class CatalogueRows(Rows):
    """Products and their variants."""

    keys = ("store", "variant")

    def partitions(self, store: str) -> Sequence[str]:
        """Name the one partition."""
        return [store]

    def leads_to(self, store: str, row: RowKey) -> Iterator[RowKey]:
        """Yield what is about a product."""
        name = str(row["variant"])
        return self.ledger.about(store, f"product#{name}") if "#" not in name else iter(())


class RunRows(Rows):
    """Runs of historic syncs; a slice's commands are named after whom they are about."""

    keys = ("store", "run")

    def partitions(self, store: str) -> Sequence[str]:
        """Name the one partition."""
        return [store]

    def erase_person(self, store: str, sought: Sought, after: str) -> Iterator[str]:
        """Delete in each slice what became of the customer and of their orders."""
        about = {"customers": [sought.person.customer_id], "orders": sought.orders}
        delete(
            self.ledger.table,
            (
                {"delivery": f"{store}#{one.event}", "row": f"{one.topic}#{one.name}#{name}"}
                for one in Runs(self.table, store).every_slice()
                for id_ in about.get(one.stream, ())
                if id_
                for name in (number(id_, place) for place in range(COMMANDS))
            ),
        )
        yield ""

    def leads_to(self, store: str, row: RowKey) -> Iterator[RowKey]:
        """Yield all rows of a slice; runs themselves lead nowhere."""
        run, is_slice, name = str(row["run"]).partition("#")
        return self.ledger.event(store, f"{run}.{name}") if is_slice else iter(())
