"""What becomes of one store's feed when it is looked at: built, left as it is, or withdrawn."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

from shopbridge.catalogue.addressing import rotate
from shopbridge.catalogue.building import build
from shopbridge.catalogue.due import is_due
from shopbridge.catalogue.feed import Build, Feed
from shopbridge.catalogue.feeds import Feeds
from shopbridge.catalogue.item import Choice
from shopbridge.catalogue.objects import Objects, prefix_of
from shopbridge.catalogue.rows import Row
from shopbridge.catalogue.wording import Channel
from shopbridge.stores.store import Store
from shopbridge.stores.vault import Vault

Became = Literal["built", "current", "taken", "off", "withdrawn", "forgotten"]
"""`taken`: somebody else builds it; `off`: the catalogue is switched off, nothing is there."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Keeps feeds as their stores want them."""

    feeds: Feeds
    rows: Callable[[str], Iterable[Row]]
    objects: Objects
    vault: Vault
    now: Callable[[], datetime]

    def settle(
        self, feed: Feed, store: Store | None, until: datetime, *, force: bool = False
    ) -> Became:
        """Look at one feed; `until` is how long the claim on a build lasts."""
        if store is None or store.status == "uninstalled":
            return self._forgotten(feed)
        if not store.settings.product_catalogue:
            return self._withdrawn(feed, until)
        choice = choice_of(store)
        if not (force or _is_new(feed, store) or is_due(feed, choice, self.now())):
            return "current"
        if not self.feeds.claim(feed.store, self.now(), until):
            return "taken"
        try:
            return self._built(feed, store, choice, until)
        except BaseException:
            self.feeds.release(feed.store, until)
            raise

    def _built(self, feed: Feed, store: Store, choice: Choice, until: datetime) -> Became:
        if _is_new(feed, store):
            rotate(store, self.feeds, self.vault)
        began = self.now()
        prefix = prefix_of(store.name, began)
        sink = partial(self.objects.open, prefix)
        try:
            contents = build(self.rows(store.name), channel_of(store), choice, sink)
            made = Build(prefix, choice.digest, began, self.now(), contents)
            published = self.feeds.publish(feed, until, made)
        except BaseException:
            self.objects.remove(prefix)
            raise
        if not published:
            self.objects.remove(prefix)
            return "taken"
        if feed.previous:
            self.objects.remove(feed.previous)
        return "built"

    def _withdrawn(self, feed: Feed, until: datetime) -> Became:
        """Its address stays, and leads to nothing while the catalogue is off."""
        if feed.build is None:
            return "off"
        if not self.feeds.claim(feed.store, self.now(), until):
            return "taken"
        self._remove(feed)
        self.feeds.publish(feed, until, None)
        return "withdrawn"

    def _forgotten(self, feed: Feed) -> Became:
        self._remove(feed)
        self.feeds.forget(feed.store)
        return "forgotten"

    def _remove(self, feed: Feed) -> None:
        for prefix in filter(None, (feed.previous, feed.build.prefix if feed.build else "")):
            self.objects.remove(prefix)


def _is_new(feed: Feed, store: Store) -> bool:
    """Whether this install of the store has no address yet."""
    return not feed.digest or feed.epoch != store.epoch


def choice_of(store: Store) -> Choice:
    """Return what the merchant chose about the feed."""
    chosen = store.settings.catalogue
    off = frozenset(id_ for id_, counts in chosen.locations.items() if not counts)
    return Choice(off, chosen.currency_in_prices)


def channel_of(store: Store) -> Channel:
    """Say whose feed it is, as the merchant calls the store."""
    title = store.shop.get("name") or store.name
    link = f"https://{store.shop.get('domain') or store.name}"
    return Channel(title, link, f"Products of {title}")
