"""What the merchant calls the store: the newest word stands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from shopbridge import times
from shopbridge.commands import UpdateShop
from shopbridge.station.station import Station
from shopbridge.stores.store import Store
from shopbridge.work import Ended, Item, Result


def named(store: Store, items: Sequence[Item[Any]], station: Station) -> dict[int, Result]:
    """
    Note the newest `UpdateShop` of `items`, unless something newer is noted.

    The others are superseded; results by position, for these commands alone.
    """
    updates = {n: item for n, item in enumerate(items) if isinstance(item.command, UpdateShop)}
    if not updates:
        return {}
    newest = max(updates.values(), key=_changed_at)
    result = _described(store, newest, station)
    return {n: result if item is newest else Ended("superseded") for n, item in updates.items()}


def _described(store: Store, item: Item[UpdateShop], station: Station) -> Ended:
    known = store.shop.get("updated_at", "")
    changed_at = times.text(_changed_at(item))
    if changed_at < known:
        return Ended("superseded")
    if changed_at == known:
        return Ended("unchanged")
    command = item.command
    shop = {
        "name": command.name,
        "domain": command.domain,
        "currency": command.currency,
        "timezone": command.timezone,
        "updated_at": changed_at,
    }
    station.stores(store.name).describe(store, shop)
    return Ended("delivered")


def _changed_at(item: Item[UpdateShop]) -> datetime:
    return times.utc(item.command.updated_at or item.head.triggered_at)
