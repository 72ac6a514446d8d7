"""Whether anything may be sent for a store right now, and if not, how its work ends."""

from datetime import UTC, datetime
from typing import Any

from shopbridge import reasons
from shopbridge.commands import (
    FOR_SHOPIFY,
    LIFECYCLE,
    PRIVACY,
    TIMED,
    RecordActivity,
    RefreshProduct,
)
from shopbridge.shopify import scopes
from shopbridge.stores.store import Store
from shopbridge.switches import is_off
from shopbridge.work import Ended, Item

SHOPIFY_BEGAN = datetime(2006, 1, 1, tzinfo=UTC)


def closed(item: Item[Any], store: Store | None) -> Ended | None:
    """
    Return how `item` ends without being sent, None where it may be sent.

    Reads the store as it is now: ingest's copy may be half a minute old.
    """
    if isinstance(item.command, PRIVACY):
        return None
    if store is None or store.status == "uninstalled":
        return Ended("superseded", reasons.STORE_UNKNOWN)
    if item.head.triggered_at < store.installed_at:
        return Ended("superseded", reasons.BEFORE_INSTALL)
    if isinstance(item.command, LIFECYCLE):
        return None
    return _withheld(item, store)


def _withheld(item: Item[Any], store: Store) -> Ended | None:
    if is_off(item.command, item.head.triggered_at, store.profile):
        return Ended("disabled", reasons.SWITCHED_OFF)
    if _is_impossible(item.command):
        return Ended("superseded", reasons.IMPOSSIBLE_TIME)
    if _lacks_scope(item.command, store):
        return Ended("parked", reasons.SCOPE_MISSING)
    if isinstance(item.command, FOR_SHOPIFY):
        return _waits(store)  # a Netcore that refuses its key does not keep Shopify waiting
    if isinstance(item.command, TIMED):
        return None  # nothing is sent with it, and an order must close whatever the store's state
    return held(store)


def held(store: Store) -> Ended | None:
    """Return how everything of `store` is parked, None where it may be sent."""
    waits = _waits(store)
    return waits or (Ended("parked", store.circuit) if store.circuit else None)


def _waits(store: Store) -> Ended | None:
    """Return how work of a store ends that is not enabled, None where it is."""
    match store.status:
        case "installed":
            return Ended("parked", reasons.NOT_ENABLED)
        case "paused":
            return Ended("parked", reasons.PAUSED)
    return None


def _lacks_scope(command: object, store: Store) -> bool:
    """Whether the scope that `command` takes is not granted; without word on scopes it is tried."""
    if isinstance(command, RefreshProduct):
        needed = scopes.CATALOGUE
    elif isinstance(command, FOR_SHOPIFY):
        needed = scopes.CUSTOMERS
    else:
        return False
    return store.scopes is not None and bool(scopes.missing({needed}, store.scopes))


def _is_impossible(command: object) -> bool:
    return (
        isinstance(command, RecordActivity)
        and command.occurred_at is not None
        and command.occurred_at < SHOPIFY_BEGAN
    )
