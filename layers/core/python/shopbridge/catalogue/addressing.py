"""The address of a store's feed: drawn by chance, sealed for one install."""

from shopbridge.catalogue.feed import Feed
from shopbridge.catalogue.feeds import Feeds, digest_of, new_address
from shopbridge.stores.store import Store
from shopbridge.stores.vault import Vault


def rotate(store: Store, feeds: Feeds, vault: Vault) -> str:
    """Draw a new address for the feed of `store`; the old one leads nowhere from now on."""
    address = new_address()
    sealed = vault.seal(address, store=store.name, epoch=store.epoch)
    feeds.rotate(store.name, digest_of(address), sealed, store.epoch)
    return address


def address_of(store: Store, feed: Feed | None, vault: Vault) -> str | None:
    """Open the feed's address; None before this install of `store` has one."""
    if feed is None or feed.sealed is None or feed.epoch != store.epoch:
        return None
    return vault.open(feed.sealed, store)
