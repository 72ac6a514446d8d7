"""Carries out what concerns one store itself: its name, its scopes, its exports; leaving last."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shopbridge import reasons, times
from shopbridge.commands import Lifecycle, NoteBulkOperation, NoteScopes, Uninstall
from shopbridge.lifecycle.naming import named
from shopbridge.lifecycle.scopes import noted
from shopbridge.shopify import scopes
from shopbridge.station.station import Station
from shopbridge.stores.store import Store
from shopbridge.stores.tokens import TokenRow
from shopbridge.work import Ended, Item, Result


@dataclass(frozen=True, slots=True)
class Services:
    """What the worker needs beside its station."""

    station: Station
    tokens: Callable[[str], TokenRow]
    resume: Callable[[str], None]
    """Sends on what waits for this store's authorisation."""
    wake: Callable[[str, str], bool]
    """Wakes the run of a store that waits for a bulk operation; False where none does."""


def deliver(store: Store, items: Sequence[Item[Lifecycle]], services: Services) -> Sequence[Result]:
    """
    Carry out `items`; one result for each, in their order.

    Raises:
        StoreConflict: somebody else wrote the store's row meanwhile.
    """
    results = named(store, items, services.station)
    for number, item in enumerate(items):
        if isinstance(item.command, NoteScopes):
            results[number] = _noted(store, item, item.command, services)
        if isinstance(item.command, NoteBulkOperation):
            is_awaited = services.wake(store.name, item.command.id)
            results[number] = Ended("delivered" if is_awaited else "unchanged")
    for number, item in enumerate(items):
        if isinstance(item.command, Uninstall):
            results[number] = _left(store, item, services)
    return [results[number] for number in range(len(items))]


def _noted(store: Store, item: Item[Lifecycle], command: NoteScopes, services: Services) -> Ended:
    """Take over what a webhook says is granted."""
    granted = scopes.parse(command.scopes)
    at = times.utc(command.at or item.head.triggered_at)
    if not noted(store, granted, at, services.tokens(store.name), services.resume):
        return Ended("superseded")
    return Ended("delivered")


def _left(store: Store, item: Item[Lifecycle], services: Services) -> Ended:
    """Delete tokens and keys, unless the merchant authorised the app again since."""
    repository = services.station.stores(store.name)
    latest = repository.get()
    if latest is None or latest.epoch != store.epoch or latest.status == "uninstalled":
        return Ended("superseded", reasons.STORE_UNKNOWN)
    if item.head.triggered_at < (latest.authorised_at or latest.installed_at):
        return Ended("superseded", reasons.BEFORE_INSTALL)
    repository.uninstall(latest, item.head.triggered_at)
    return Ended("delivered")
