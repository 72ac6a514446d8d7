"""The streams of the historic sync: how each is read and what its objects mean. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from shopbridge.commands import Command, RefreshProduct, SendContact
from shopbridge.historic_sync.run import STREAMS, Past, Stream
from shopbridge.moments import dated
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.reading import cleaned
from shopbridge.stores.profile import Profile
from shopbridge.stores.settings import Settings
from shopbridge.switches import is_off
from shopbridge.translate.order_nodes import activities, order_of

Node = Mapping[str, Any]


class Reading(NamedTuple):
    """The circumstances in which an object was read."""

    at: datetime
    """When the reading began."""
    denied: tuple[str, ...]
    """Fields that Shopify kept from us."""
    store: Profile


class Found(NamedTuple):
    """One object: its id, and its JSON as Shopify wrote it."""

    id: str
    text: bytes

    @classmethod
    def of(cls, node: Node) -> "Found":
        """Write a page's object as a bulk operation does, without what nobody could send."""
        return cls(plain_id(node["id"]), msgspec.json.encode(cleaned(dict(node))))

    @property
    def node(self) -> Node:
        """Take the JSON apart; most objects need not be."""
        node: Node = msgspec.json.decode(self.text)
        return node


Means = Callable[[Found, Reading], Mapping[int, Command]]
"""What one object means: its commands, each at a place of its own (0 to 9) for good."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """How a stream is read by bulk operations."""

    document: str
    nested: Mapping[str, str] = field(default_factory=dict)
    """Type of each nested object, and the list that it belongs to: `LineItem`, `lineItems`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """How a stream is read page by page: documents, and filters that Shopify documents for it."""

    page: str
    listing: str
    count: str
    listed_by: str = "created_at"
    counted_by: str = "created_at"
    nested: Mapping[str, str] = field(default_factory=dict)
    """Lists inside an object, and the document that reads on where one is longer than shown."""
    at_once: int = 250
    """Objects in a page to begin with; Shopify gives no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Pages):
    """What else the historic sync has to know of a stream."""

    resource: str
    """What Shopify calls its objects, for example `Customer`."""
    by_id: str
    lane: str
    kind: str
    """Kind of the commands that each object becomes."""
    means: Means
    bulk: Bulk | None = None
    has_tail: bool = False
    """Whether its objects are activities, of which the youngest have to wait."""
    reaches_days: int | None = None
    """How far back Shopify shows it without `everything`."""
    everything: str = ""
    """Scope with which Shopify shows all of it."""


def contact(found: Found, reading: Reading) -> Mapping[int, Command]:
    """Send a customer as it was read."""
    return {0: SendContact(found.id, msgspec.Raw(found.text), reading.at, reading.denied)}


def product(found: Found, reading: Reading) -> Mapping[int, Command]:
    """Bring a product's rows of the catalogue up to date; its worker reads it itself."""
    del reading
    return {0: RefreshProduct(product_id=found.id)}


ORDER_EVENTS = ("Product Purchase", "Order Fulfilled", "Order Cancelled", "Order Updates")
"""What an order can have come through; the place of each names its row in the ledger."""


def order(found: Found, reading: Reading) -> Mapping[int, Command]:
    """Record what an order has come through, but for what was switched off at the time."""
    return {
        ORDER_EVENTS.index(one.name): dated(one, reading.at, reading.at)
        for one in activities(order_of(found.node), reading.store)
        if not is_off(one, reading.at, reading.store)
    }


SOURCES: Mapping[Stream, Source] = {
    "customers": Source(
        resource="Customer",
        page="customers_page",
        listing="customers_listing",
        count="customers_slice_count",
        by_id="customers",
        lane="contacts-history",
        kind="SendContact",
        means=contact,
        bulk=Bulk("customers_bulk"),
        listed_by="customer_date",  # what Shopify calls `created_at` in this list alone
    ),
    "orders": Source(
        resource="Order",
        page="orders_page",
        listing="orders_listing",
        count="orders_count",
        by_id="orders_by_id",
        lane="activities-history",
        kind="RecordActivity",
        means=order,
        bulk=Bulk("orders_bulk", {"LineItem": "lineItems"}),
        nested={"lineItems": "order_lines"},
        at_once=100,
        has_tail=True,
        reaches_days=60,
        everything="read_all_orders",
    ),
    "products": Source(
        resource="Product",
        page="products_listing",
        listing="products_listing",
        count="products_count",
        by_id="products_by_id",
        lane="catalogue-history",
        kind="RefreshProduct",
        means=product,
        bulk=Bulk("products_bulk"),
    ),
}


def chosen(settings: Settings) -> tuple[Past, ...]:
    """List the streams that a store has switched on; orders come only with their customers."""
    history = settings.historic_sync
    on = {
        "customers": history.contacts,
        "orders": history.contacts and history.orders,
        "products": settings.product_catalogue,
    }
    return tuple(stream for stream in STREAMS if on[stream])
