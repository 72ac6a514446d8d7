"""Connects the simulated store, as a merchant would: installed, configured, enabled."""

from datetime import UTC, datetime

from local.netcore.app import API_KEY
from local.store.served import ACCESS_TOKEN
from shopbridge.stores.installation import connect, install
from shopbridge.stores.repository import StoreRepository
from shopbridge.stores.settings import Netcore, Settings, WebsiteTracking
from shopbridge.stores.store import Store
from shopbridge.stores.vault import Vault

STOREFRONT = "https://vapid-store.example.com"
"""Where the demo's headless storefront is said to be."""

SETTINGS = Settings(
    netcore=Netcore(
        region="us",
        website_id="shopbridge-demo-website",
        website_url=STOREFRONT,
        list_id=7,
        notify_email="ops@example.com",
        guests_by_address=True,
    ),
    events={"Order Refunded": True},
    product_catalogue=True,
    website_tracking=WebsiteTracking(origins=(STOREFRONT,)),
)
"""What the demo's merchant chose: everything on."""


def install_store(
    repository: StoreRepository,
    vault: Vault,
    shop: str,
    *,
    access_token: str = ACCESS_TOKEN,
    granted_at: datetime | None = None,
) -> Store:
    """Install, configure and enable `shop`, as of the moment its merchant granted access."""
    now = granted_at or datetime.now(UTC)
    return configure(repository, vault, install(repository, vault, shop, access_token, now))


def configure(repository: StoreRepository, vault: Vault, store: Store) -> Store:
    """Choose everything, connect Netcore and enable the store."""
    store = repository.save(store, SETTINGS, datetime.now(UTC))
    store = connect(repository, vault, store, API_KEY)
    return repository.set_status(store, "enabled")
