"""How a store comes to us, and how its Netcore key does: sealed before they are written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from shopbridge.errors import StoreConflict
from shopbridge.shopify.grant import Grant
from shopbridge.stores.repository import StoreRepository
from shopbridge.stores.sealed import sealed
from shopbridge.stores.store import Store
from shopbridge.stores.tokens import TokenRow
from shopbridge.stores.vault import Vault

TRIES: Final = 3
"""How often a grant is written where somebody else writes the row: it cannot be had again."""


@dataclass(frozen=True)
class Registry:
    """Takes grants in."""

    repository: Callable[[str], StoreRepository]
    row: Callable[[str], TokenRow]
    vault: Vault

    def find(self, name: str) -> Store | None:
        """Return the store `name`, None if it never installed us."""
        return self.repository(name).get()

    def authorise(self, name: str, grant: Grant, at: datetime) -> Store:
        """
        Take in what the merchant granted `at`: a new epoch, unless the store is installed.

        An installed store keeps its epoch: what waited for new tokens is still its own.

        Raises:
            StoreConflict: somebody else keeps writing the store.
        """
        for _ in range(TRIES - 1):
            try:
                return self._authorised(name, grant, at)
            except StoreConflict:
                continue
        return self._authorised(name, grant, at)

    def _authorised(self, name: str, grant: Grant, at: datetime) -> Store:
        before = self.find(name)
        if before is None or before.status == "uninstalled":
            epoch = before.epoch + 1 if before else 1
            tokens = sealed(self.vault, name, epoch, grant)
            return self.repository(name).install(at, tokens=tokens)
        tokens = sealed(self.vault, name, before.epoch, grant)
        after = self.row(name).authorised(before, tokens, at)
        if after is None:
            raise StoreConflict(f"{name} was uninstalled or installed meanwhile")
        return after


def install(
    repository: StoreRepository, vault: Vault, name: str, access_token: str, now: datetime
) -> Store:
    """Begin a new epoch of the store `name` with an Admin API token that does not end."""
    before = repository.get()
    epoch = before.epoch + 1 if before else 1
    return repository.install(now, vault.seal(access_token, store=name, epoch=epoch))


def connect(repository: StoreRepository, vault: Vault, store: Store, netcore_key: str) -> Store:
    """Take a Netcore API key for this install of the store."""
    sealed_key = vault.seal(netcore_key, store=store.name, epoch=store.epoch)
    return repository.save_netcore_key(store, sealed_key)
