"""How a store comes to us, and how its Netcore key does: sealed before they are written."""

from datetime import datetime

from shopbridge.stores.repository import StoreRepository
from shopbridge.stores.store import Store
from shopbridge.stores.vault import Vault


def install(
    repository: StoreRepository, vault: Vault, name: str, access_token: str, now: datetime
) -> Store:
    """Begin a new epoch of the store `name` with its Admin API token."""
    before = repository.get()
    epoch = before.epoch + 1 if before else 1
    return repository.install(now, vault.seal(access_token, store=name, epoch=epoch))


def connect(repository: StoreRepository, vault: Vault, store: Store, netcore_key: str) -> Store:
    """Take a Netcore API key for this install of the store."""
    sealed = vault.seal(netcore_key, store=store.name, epoch=store.epoch)
    return repository.save_netcore_key(store, sealed)
