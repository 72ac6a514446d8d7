"""What a merchant has chosen, as the fields of the page show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shopbridge.entry.api.desk import Sight
from shopbridge.entry.api.events import seen
from shopbridge.page.words import EVENTS, STOREFRONT
from shopbridge.shopify import scopes


@dataclass(frozen=True, slots=True)
class Switch:
    """One thing that is on or off."""

    name: str
    on: bool
    details: str = ""


@dataclass(frozen=True, slots=True)
class EventSwitch(Switch):
    """An event of webhooks, and what came of it."""

    last_received: datetime | None = None
    deliveries_24h: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """All switches that more than one page shows."""

    contacts: bool
    orders: bool
    catalogue: bool
    catalogue_granted: bool
    email: bool
    sms: bool
    events: Sequence[EventSwitch]
    storefront: Sequence[Switch]


def chosen(sight: Sight) -> Chosen:
    """Show what the store in `sight` has chosen."""
    settings, granted = sight.store.settings, sight.store.scopes or frozenset()
    return Chosen(
        contacts=settings.historic_sync.contacts,
        orders=settings.historic_sync.orders,
        catalogue=settings.product_catalogue,
        catalogue_granted=not scopes.missing([scopes.CATALOGUE], granted),
        email=settings.subscriptions.email,
        sms=settings.subscriptions.sms,
        events=[
            EventSwitch(one.name, one.on, EVENTS[one.name], one.last_received, one.deliveries_24h)
            for one in seen(sight).events
        ],
        storefront=[
            Switch(name, settings.website_tracking.events.get(name, True), details)
            for name, details in STOREFRONT.items()
        ],
    )
