"""The streams of the historic sync: how each is read and what its objects mean. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from shopbridge.commands import Command, RefreshProduct, SendContact
from shopbridge.historic_sync.run import STREAMS, Stream
from shopbridge.stores.settings import Settings

Means = Callable[[str, bytes, datetime, tuple[str, ...]], Command]
"""What an object means: its id, its JSON, when it was read, and which fields were denied."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """How a stream is read by bulk operations."""

    document: str
    nested: Mapping[str, str] = field(default_factory=dict)
    """Type of each nested object, and the list that it belongs to: `LineItem`, `lineItems`."""


@dataclass(frozen=True, slots=True)
class Source:
    """GraphQL documents of a stream, and the search filters that Shopify documents for it."""

    page: str
    listing: str
    count: str
    lane: str
    kind: str
    """Kind of the command that each object becomes."""
    means: Means
    bulk: Bulk | None = None
    listed_by: str = "created_at"
    counted_by: str = "created_at"


def contact(id_: str, text: bytes, read_at: datetime, denied: tuple[str, ...]) -> SendContact:
    """Send a customer as it was read."""
    return SendContact(id_, msgspec.Raw(text), read_at, denied)


def product(id_: str, text: bytes, read_at: datetime, denied: tuple[str, ...]) -> RefreshProduct:
    """Bring a product's rows of the catalogue up to date; its worker reads it itself."""
    del text, read_at, denied
    return RefreshProduct(product_id=id_)


SOURCES: Mapping[Stream, Source] = {
    "customers": Source(
        page="customers_page",
        listing="customers_listing",
        count="customers_slice_count",
        lane="contacts-history",
        kind="SendContact",
        means=contact,
        bulk=Bulk("customers_bulk"),
        listed_by="customer_date",  # what Shopify calls `created_at` in this list alone
    ),
    "products": Source(
        page="products_listing",
        listing="products_listing",
        count="products_count",
        lane="catalogue-history",
        kind="RefreshProduct",
        means=product,
        bulk=Bulk("products_bulk"),
    ),
}


def chosen(settings: Settings) -> tuple[Stream, ...]:
    """List the streams that a store has switched on."""
    on = {
        "customers": settings.historic_sync.contacts,
        "products": settings.product_catalogue,
    }
    return tuple(stream for stream in STREAMS if on[stream])
