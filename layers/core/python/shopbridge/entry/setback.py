"""What becomes of commands whose delivery raised."""

from typing import Any

from shopbridge import reasons
from shopbridge.errors import NetcoreKeyRefused, ShopbridgeError, Unavailable
from shopbridge.passing import AWS_FAILURES
from shopbridge.station.station import Station
from shopbridge.stores.store import Store
from shopbridge.work import Ended, Item, Later, Result

UNEXPECTED_AFTER = 5
"""Receives after which a command that keeps raising is parked for a human."""


def of_all(store: Store, exc: ShopbridgeError, station: Station) -> Result:
    """Say what an error of ours means for every command of the store; a wrong key stops it."""
    if isinstance(exc, Unavailable):
        return Later(str(exc), exc.retry_after)
    if isinstance(exc, NetcoreKeyRefused):
        try:
            station.stores(store.name).open_circuit(store, reasons.KEY_REFUSED)
        except AWS_FAILURES as failure:
            return Later(f"its circuit cannot be opened: {type(failure).__name__}")
        return Ended("parked", reasons.KEY_REFUSED)
    return Ended("parked", str(exc))


def surprised(item: Item[Any], exc: Exception) -> Result:
    """Say what an error that nobody foresaw means for the command that raises it."""
    if item.receives < UNEXPECTED_AFTER:
        return Later(type(exc).__name__)
    return Ended("parked", f"unexpected {type(exc).__name__}")
