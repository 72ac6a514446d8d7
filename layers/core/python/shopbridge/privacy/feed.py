"""Forgets the product feed of a store: its address, what is noted of it, and its objects."""

from dataclasses import dataclass

from shopbridge.catalogue.feeds import Feeds
from shopbridge.catalogue.objects import Objects
from shopbridge.privacy.mentions import Sought


@dataclass(frozen=True, slots=True)
class ProductFeed:
    """The store's product feed, its address and where it is noted; it names nobody."""

    feeds: Feeds
    objects: Objects

    def erase_person(self, store: str, sought: Sought) -> None:
        """Nothing in it is about a person."""

    def erase_store(self, store: str) -> None:
        """Delete the address first, then what it led to."""
        self.feeds.forget(store)
        self.objects.remove_all(store)
