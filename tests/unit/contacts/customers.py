"""What the tests of contacts share: one store, one customer, changed as a test wants."""

from datetime import UTC, datetime
from typing import Any

from shopbridge.shopify.people import Customer
from shopbridge.stores.profile import Profile
from shopbridge.stores.settings import Settings
from shopbridge.stores.store import Store
from tests.unit.shopify.admin import customer

INSTALLED_AT = datetime(2026, 1, 1, tzinfo=UTC)
NETCORE = {"list_id": 5, "notify_email": "ops@example.com"}


def store(name: str = "vapid-store.myshopify.com", **settings: Any) -> Store:
    """Return an enabled store with `settings`."""
    settings = {"netcore": NETCORE, **settings}
    return Store(
        name=name,
        version=1,
        epoch=1,
        installed_at=INSTALLED_AT,
        status="enabled",
        settings=Settings.model_validate(settings),
        profile=Profile(store=name, epoch=1, installed_at=INSTALLED_AT),
    )


def one(**changes: Any) -> Customer:
    """Return a customer as read from Shopify, some fields changed."""
    return Customer.model_validate(customer(**changes))
