"""Carries out what people and merchants may ask: to be told, and to be forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass

from shopbridge.commands import ErasePerson, EraseStore, ExportPerson, Privacy
from shopbridge.privacy.erasing import Erasing
from shopbridge.privacy.exporting import Exporting
from shopbridge.station.station import Station
from shopbridge.stores.store import Store
from shopbridge.work import Item, Later, Result


@dataclass(frozen=True, slots=True)
class Services:
    """What the worker needs beside its station."""

    station: Station
    erasing: Erasing
    exporting: Exporting


def deliver(store: Store, items: Sequence[Item[Privacy]], services: Services) -> Sequence[Result]:
    """
    Carry out `items`; one result for each, in their order.

    Raises:
        StoreConflict: the store's row was changed meanwhile.
    """
    return [_one(store, item, services) for item in items]


def _one(store: Store, item: Item[Privacy], services: Services) -> Result:
    if services.station.shift.is_late(services.station.now()):
        return Later("no time left for this request", 1)
    match item:
        case Item(command=ErasePerson()):
            return services.erasing.person(store, item)  # type: ignore[arg-type]  # matched above
        case Item(command=EraseStore()):
            return services.erasing.store(store, item)  # type: ignore[arg-type]  # matched above
        case Item(command=ExportPerson()):
            return services.exporting.export(store, item)  # type: ignore[arg-type]  # matched above
    raise TypeError(f"no right of people: {type(item.command).__name__}")
