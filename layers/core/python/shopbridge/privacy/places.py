"""Every place that holds something of a store; a new table or prefix is one more line here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, get_args

from shopbridge.abandonment.secret import Secret
from shopbridge.catalogue.feeds import Feeds
from shopbridge.netcore import bucket
from shopbridge.privacy.copies import Archived, Kept
from shopbridge.privacy.feed import ProductFeed
from shopbridge.privacy.left import Left
from shopbridge.privacy.mentions import Sought
from shopbridge.privacy.objects import Objects
from shopbridge.privacy.rows import LedgerRows
from shopbridge.privacy.tables import (
    CatalogueRows,
    CheckoutRows,
    ContactRows,
    ReceiptRows,
    RunRows,
)
from shopbridge.privacy.uploads import Uploaded
from shopbridge.stores.changes import key as change_key
from shopbridge.to_shopify.secrets import key as secrets_key
from shopbridge.website_tracking.visitors import Visitors

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


class Place(Protocol):
    """Somewhere that something of people or stores lies."""

    @property
    def name(self) -> str:
        """Name it, for an erasure that has to go on."""

    def erase_person(self, store: str, sought: Sought, after: str) -> Iterator[str]:
        """Delete what is there of one person, from `after` on; yield how far it has come."""

    def erase_store(self, store: str, left: Left) -> Iterator[None]:
        """
        Delete what is there of the whole store, yielding now and then; again, it goes on.

        Raises:
            InstalledAgain: nothing of the new install is deleted.
        """


@dataclass(frozen=True, slots=True)
class VisitorRows:
    """Visitors of the website, who they are, and events that wait for that; beside checkouts."""

    table: "Table"
    secret: Callable[[str], Secret | None]
    name: str = "VisitorRows"

    def erase_person(self, store: str, sought: Sought, after: str) -> Iterator[str]:
        """Delete who the person was on the website, and what still waits for them."""
        secret = self.secret(store)
        if secret is not None:
            marks = secret.marks(sought.person, sought.country)
            Visitors(self.table, store).erase_person(marks)
            yield ""

    def erase_store(self, store: str, left: Left) -> Iterator[None]:
        """Nothing: they lie in the shards that `CheckoutRows` empties."""
        yield from ()


@dataclass(frozen=True, slots=True)
class StoreRows:
    """What lies beside the store's own row; that one is forgotten first, and keeps its epoch."""

    table: "Table"
    name: str = "StoreRows"

    def erase_person(self, store: str, sought: Sought, after: str) -> Iterator[str]:
        """Nothing in them is about a customer."""
        yield from ()

    def erase_store(self, store: str, left: Left) -> Iterator[None]:
        """Delete change log, token buckets, Netcore's secrets; answers and states expire."""
        buckets = [f"{store}#bucket#{api}" for api in get_args(bucket.Api)]
        changes = (change_key(store, version) for version in range(1, left.store.version + 1))
        keys = (secrets_key(store), *buckets, *changes)
        yield from left.delete(self.table, ({"store": key} for key in keys))


def places(
    tables: Callable[[str], "Table"],
    kept: Objects,
    archive: Objects,
    secret: Callable[[str], Secret | None],
    now: Callable[[], datetime],
) -> Sequence[Place]:
    """List all places; where one leads to the ledger's rows, these go with it."""
    ledger = LedgerRows(tables("LEDGER_TABLE"))
    return (
        ContactRows(tables("CONTACTS_TABLE"), ledger),
        ReceiptRows(tables("RECEIPTS_TABLE"), ledger),
        VisitorRows(tables("CHECKOUTS_TABLE"), secret),
        CheckoutRows(tables("CHECKOUTS_TABLE"), ledger, secret),
        CatalogueRows(tables("CATALOGUE_TABLE"), ledger),
        ProductFeed(Feeds(tables("CATALOGUE_TABLE"))),
        RunRows(tables("RUNS_TABLE"), ledger),
        ledger,
        Kept(kept),
        Uploaded(kept, now),
        Archived(archive, ledger, now),
        StoreRows(tables("STORES_TABLE")),
    )
