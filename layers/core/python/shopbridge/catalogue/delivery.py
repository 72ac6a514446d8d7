"""Carries out `RefreshProduct` for one store: each product read once, however often named."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial

from shopbridge import reasons, times
from shopbridge.catalogue.feeds import Feeds
from shopbridge.catalogue.reading import ProductReader
from shopbridge.catalogue.rows import rows
from shopbridge.catalogue.table import Catalogue
from shopbridge.commands import RefreshProduct
from shopbridge.errors import AdminRejected, AdminUnavailable
from shopbridge.station.shift import Shift
from shopbridge.station.station import Station
from shopbridge.stores.store import Store
from shopbridge.work import Ended, Item, Lane, Later, Result, lane_of

AGAIN_SECONDS = 1.0

_WORST_FIRST = ("parked", "superseded", "delivered", "unchanged")


@dataclass(frozen=True, slots=True)
class Services:
    """What the worker needs beside its station."""

    station: Station
    reader: Callable[[Store, Lane], ProductReader]
    catalogue: Callable[[str], Catalogue]
    feeds: Feeds


def deliver(
    store: Store, items: Sequence[Item[RefreshProduct]], services: Services
) -> Sequence[Result]:
    """
    Refresh products of `store`; one result for each item, in their order.

    Raises:
        AdminUnavailable, AdminRejected: Shopify answers for none of them.
    """
    reader = services.reader(store, lane_of(items))
    named = _named(items, reader)
    station = services.station
    mark = cache(partial(services.feeds.mark, store.name, station.shift.lease(station.now())))
    refresh = Refresh(reader, services.catalogue(store.name), mark, station.now, station.shift)
    done = {
        product: refresh.product(product)
        for product in dict.fromkeys(p for products in named for p in products)
    }
    return [_combined([done[product] for product in products]) for products in named]


class Refresh:
    """Brings products up to Shopify's state until Shopify asks to wait or time is up."""

    def __init__(
        self,
        reader: ProductReader,
        catalogue: Catalogue,
        changing: Callable[[], None],
        now: Callable[[], datetime],
        shift: Shift,
    ) -> None:
        self._reader = reader
        self._catalogue = catalogue
        self._changing = changing
        self._now = now
        self._shift = shift
        self._put_off: Later | None = None

    def product(self, product_id: str) -> Result:
        """Read one product and replace its rows by what was read."""
        if self._put_off is None and self._shift.is_late(self._now()):
            self._put_off = Later("no time left for it", AGAIN_SECONDS)
        if self._put_off:
            return self._put_off
        try:
            return self._replaced(product_id)
        except AdminRejected as exc:
            return Ended("parked", str(exc))
        except AdminUnavailable as exc:
            self._put_off = Later(str(exc), at_least=exc.retry_after or 0)
            return self._put_off

    def _replaced(self, product_id: str) -> Result:
        began = times.text(self._now())
        product = self._reader.product(product_id)
        if not self._catalogue.begin(product_id, began):
            return Ended("superseded", "read again since")
        fresh = rows(product) if product else ()
        changed = self._catalogue.replace(product_id, began, fresh, self._changing)
        if not self._catalogue.is_newest(product_id, began):
            return Later("overtaken by a newer read", AGAIN_SECONDS)
        reason = "" if product else reasons.GONE
        return Ended("delivered" if changed else "unchanged", reason)


def _named(items: Iterable[Item[RefreshProduct]], reader: ProductReader) -> list[list[str]]:
    """Say which products each item is about; stock is looked up for all at once."""
    commands = [item.command for item in items]
    asked = sorted({c.inventory_item_id for c in commands if c.inventory_item_id})
    stocked = reader.stocked(asked) if asked else {}
    return [
        [c.product_id] if c.product_id else stocked.get(c.inventory_item_id or "", [])
        for c in commands
    ]


def _combined(results: Sequence[Result]) -> Result:
    """Take the worst of the products that one inventory item stocks."""
    for result in results:
        if isinstance(result, Later):
            return result
    ended = [result for result in results if isinstance(result, Ended)]
    nothing = Ended("unchanged", reasons.GONE)
    return min(ended, key=lambda end: _WORST_FIRST.index(end.outcome), default=nothing)
