"""Connects the simulated store, as a merchant would: installed, configured, enabled."""

from datetime import UTC, datetime

from local.netcore.app import API_KEY
from local.store.served import ACCESS_TOKEN
from shopbridge.stores.installation import connect, install
from shopbridge.stores.repository import StoreRepository
from shopbridge.stores.settings import Netcore, Settings
from shopbridge.stores.store import Store
from shopbridge.stores.vault import Vault

SETTINGS = Settings(
    netcore=Netcore(
        region="us",
        website_id="shopbridge-demo-website",
        website_url="https://vapid-store.example.com",
        list_id=7,
        notify_email="ops@example.com",
        guests_by_address=True,
    ),
    events={"Order Refunded": True},
    product_catalogue=True,
)
"""What the demo's merchant chose: everything on."""


def install_store(repository: StoreRepository, vault: Vault, shop: str) -> Store:
    """Install, configure and enable `shop`."""
    now = datetime.now(UTC)
    store = install(repository, vault, shop, ACCESS_TOKEN, now)
    store = repository.save(store, SETTINGS, now)
    store = connect(repository, vault, store, API_KEY)
    return repository.set_status(store, "enabled")
