"""Forgets the product feed of a store: its address, and what is noted of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from shopbridge.catalogue.feeds import Feeds
from shopbridge.privacy.left import Left
from shopbridge.privacy.mentions import Sought


@dataclass(frozen=True, slots=True)
class ProductFeed:
    """Where the feed is noted, and its address; its objects go with all that is kept."""

    feeds: Feeds
    name: str = "feed"

    def erase_person(self, store: str, sought: Sought, after: str) -> Iterator[str]:
        """Nothing in it is about a person."""
        yield from ()

    def erase_store(self, store: str, left: Left) -> Iterator[None]:
        """Delete the row of the store, and that of its address."""
        yield from left.delete(self.feeds.table, self.feeds.keys(store))
