"""The streams of the historic sync: how each is read and what its objects mean. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shopbridge.commands import Command, RefreshProduct, SendContact
from shopbridge.historic_sync.run import STREAMS, Stream
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.reading import cleaned
from shopbridge.stores.settings import Settings

Node = Mapping[str, Any]
Means = Callable[[Node, datetime, tuple[str, ...]], Command]
"""What one object means, read at a moment, with some fields denied."""


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
    listed_by: str = "created_at"
    counted_by: str = "created_at"


def contact(node: Node, read_at: datetime, denied: tuple[str, ...]) -> SendContact:
    """Send a customer as it was read."""
    return SendContact(plain_id(node["id"]), cleaned(dict(node)), read_at, denied)


def product(node: Node, read_at: datetime, denied: tuple[str, ...]) -> RefreshProduct:
    """Bring a product's rows of the catalogue up to date; its worker reads it itself."""
    del read_at, denied
    return RefreshProduct(product_id=plain_id(node["id"]))


SOURCES: Mapping[Stream, Source] = {
    "customers": Source(
        page="customers_page",
        listing="customers_listing",
        count="customers_slice_count",
        lane="contacts-history",
        kind="SendContact",
        means=contact,
        listed_by="customer_date",  # what Shopify calls `created_at` in this list alone
    ),
    "products": Source(
        page="products_listing",
        listing="products_listing",
        count="products_count",
        lane="catalogue-history",
        kind="RefreshProduct",
        means=product,
    ),
}


def chosen(settings: Settings) -> tuple[Stream, ...]:
    """List the streams that a store has switched on."""
    on = {
        "customers": settings.historic_sync.contacts,
        "products": settings.product_catalogue,
    }
    return tuple(stream for stream in STREAMS if on[stream])
