"""Every place that holds something of a store; a new table or prefix is one more line here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from shopbridge.abandonment.checkouts import Checkouts
from shopbridge.abandonment.secret import Secret
from shopbridge.privacy.mentions import Sought
from shopbridge.privacy.objects import Archived, Kept
from shopbridge.privacy.rows import LedgerRows, OfStore, Sharded, delete
from shopbridge.stores.changes import key as change_key
from shopbridge.stores.repository import StoreRepository
from shopbridge.to_shopify.secrets import key as secrets_key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client


class Place(Protocol):
    """Somewhere that something of people or stores lies."""

    def erase_person(self, store: str, sought: Sought) -> None:
        """Delete what is there of one person; done twice, it does no more."""

    def erase_store(self, store: str) -> None:
        """Delete what is there of the whole store."""


@dataclass(frozen=True, slots=True)
class CheckoutRows:
    """Checkouts that are watched, and what leads to them."""

    table: "Table"
    secret: Callable[[str], Secret | None]

    def erase_person(self, store: str, sought: Sought) -> None:
        """Delete the person's checkouts."""
        secret = self.secret(store)
        if secret is not None:
            marks = secret.marks(sought.person, "")
            Checkouts(self.table, store).erase_person(marks)

    def erase_store(self, store: str) -> None:
        """Delete all rows, and the secret that seals them."""
        Checkouts(self.table, store).erase_store()


@dataclass(frozen=True, slots=True)
class StoreRows:
    """The store's own row and those beside it."""

    table: "Table"

    def erase_person(self, store: str, sought: Sought) -> None:
        """Nothing in them is about a customer."""

    def erase_store(self, store: str) -> None:
        """Delete change log and install state; the store's own row keeps its epoch alone."""
        repository = StoreRepository(self.table, store)
        before = repository.get()
        versions = range(1, (before.version if before else 0) + 1)
        beside = [
            f"{store}#install",
            secrets_key(store),
            *(change_key(store, version) for version in versions),
        ]
        delete(self.table, [{"store": name} for name in beside])
        if before is not None:
            repository.forget(before)


def places(
    tables: Callable[[str], "Table"],
    s3: "S3Client",
    kept: str,
    archive: str,
    secret: Callable[[str], Secret | None],
) -> Sequence[Place]:
    """List all places: the ledger first, whose rows others lead to; the store's own row last."""
    receipts, contacts = tables("RECEIPTS_TABLE"), tables("CONTACTS_TABLE")
    ledger = LedgerRows(tables("LEDGER_TABLE"), receipts, contacts)
    return (
        ledger,
        Archived(s3, archive, ledger.erase_event),
        Kept(s3, kept),
        Sharded(contacts, "customer"),
        Sharded(receipts, "effect"),
        CheckoutRows(tables("CHECKOUTS_TABLE"), secret),
        OfStore(tables("CATALOGUE_TABLE"), "variant"),
        OfStore(tables("RUNS_TABLE"), "run"),
        StoreRows(tables("STORES_TABLE")),
    )
