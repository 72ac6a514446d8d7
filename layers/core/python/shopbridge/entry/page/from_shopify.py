"""From Shopify: what of the store reaches Netcore."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from shopbridge.entry.api.desk import Sight
from shopbridge.entry.page import attributes
from shopbridge.entry.page.attributes import Attribute
from shopbridge.entry.page.chosen import chosen
from shopbridge.entry.page.shown import Visit, shown
from shopbridge.page.words import CUSTOMER_FIELDS
from shopbridge.stores.settings import MOST_OWN, OwnAttribute
from shopbridge.stores.store import Store
from shopbridge.translate.attribute_names import name


@dataclass(frozen=True, slots=True)
class Own:
    """A row in which an attribute of the merchant's own is named; empty for one more."""

    label: str
    field: str


@dataclass(frozen=True, slots=True)
class Location:
    """A place that stock lies in; `key` is its place in the settings."""

    key: str
    name: str
    on: bool


@dataclass(frozen=True, slots=True)
class FromShopify:
    """What the page shows beside the switches."""

    store_attributes: Sequence[Attribute]
    contact_attributes: Sequence[Attribute]
    own: Sequence[Own]
    most_own: int
    suffix: str
    """What the names of this store's attributes end with."""
    customer_fields: Sequence[tuple[str, str]]
    locations: Sequence[Location]
    currency_in_prices: bool


def from_shopify(visit: Visit) -> str:
    """Show historic sync, attributes, events and subscription data."""
    store = visit.sight.store
    view = FromShopify(
        store_attributes=list(attributes.of_store(store)),
        contact_attributes=list(attributes.of_contacts(store)),
        own=_rows(store.settings.attributes.own),
        most_own=MOST_OWN,
        suffix=_suffix(store),
        customer_fields=list(CUSTOMER_FIELDS.items()),
        locations=_locations(visit.sight),
        currency_in_prices=store.settings.catalogue.currency_in_prices,
    )
    return shown(visit, "from_shopify", view, chosen=chosen(visit.sight))


def _rows(own: Sequence[OwnAttribute]) -> list[Own]:
    """One row for each that there is, and an empty one while there may be more."""
    more = Own("", next(iter(CUSTOMER_FIELDS)))
    return list(islice([*(Own(one.label, one.field) for one in own), more], MOST_OWN))


def _locations(sight: Sight) -> list[Location]:
    """List the places that the feed found stock in, as it was built last."""
    if not sight.store.settings.product_catalogue:
        return []
    feed, counts = sight.feeds.get(sight.store.name), sight.store.settings.catalogue.locations
    found = feed.build.contents.locations if feed and feed.build else {}
    return [
        Location(id_, name, counts.get(id_, True))
        for id_, name in sorted(found.items(), key=lambda place: place[1])
    ]


def _suffix(store: Store) -> str:
    return name("", store).removeprefix("SH__")
