"""Carries out `UpdateShop`: takes over what the merchant changed about the store itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from shopbridge import times
from shopbridge.commands import UpdateShop
from shopbridge.entry.queue import Worker
from shopbridge.entry.station import Station
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment
from shopbridge.stores.store import Store
from shopbridge.work import Ended, Item, Result


@dataclass(frozen=True, slots=True)
class Services:
    """All that the worker needs: its station."""

    station: Station


def deliver(
    store: Store, items: Sequence[Item[UpdateShop]], services: Services
) -> Sequence[Result]:
    """Note the newest of `items`, unless something newer is noted; the others are superseded."""
    newest = max(items, key=_changed_at)
    known = store.shop.get("updated_at", "")
    result = _described(store, newest, known, services)
    return [result if item is newest else Ended("superseded") for item in items]


def _described(store: Store, item: Item[UpdateShop], known: str, services: Services) -> Ended:
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
    services.station.stores(store.name).describe(store, shop)
    return Ended("delivered")


def _changed_at(item: Item[UpdateShop]) -> datetime:
    return times.utc(item.command.updated_at or item.head.triggered_at)


@cache
def services() -> Services:
    """Wire the worker, once per warm function."""
    return Services(Wiring(Environment()).station)


handler = Worker(UpdateShop, deliver, services)
