"""Carries out `RefreshContact` for one store: repeats are one, and what is known is not sent."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shopbridge.commands import RefreshContact
from shopbridge.contacts.refresh import Refresh
from shopbridge.entry.station import Station
from shopbridge.errors import Rejected
from shopbridge.netcore.paced import outcome_of
from shopbridge.stores.store import Store
from shopbridge.work import Ended, Item, Result


@dataclass(frozen=True, slots=True)
class Services:
    """What the worker needs beside its station."""

    station: Station
    refresh: Callable[[Store], Refresh]


def deliver(
    store: Store, items: Sequence[Item[RefreshContact]], services: Services
) -> Sequence[Result]:
    """
    Refresh contacts of `store`; one result for each item, in their order.

    A message that comes back may follow a send that was never noted, perhaps of an older
    state: its contact is sent again, whatever the row says.
    """
    forced: dict[str, bool] = {}
    for item in items:
        customer = item.command.customer_id
        forced[customer] = forced.get(customer, False) or item.receives > 1
    try:
        results = services.refresh(store).all(forced)
    except Rejected as exc:  # the store's settings, key or token: no item is to blame
        return [outcome_of(exc)] * len(items)
    return list(_shared(items, results))


def _shared(
    items: Sequence[Item[RefreshContact]], results: Mapping[str, Result]
) -> Iterator[Result]:
    """Give the first item of a customer what became of them; the rest found nothing to send."""
    seen: set[str] = set()
    for item in items:
        customer = item.command.customer_id
        result = results[customer]
        is_sent = isinstance(result, Ended) and result.outcome == "delivered"
        yield Ended("unchanged") if is_sent and customer in seen else result
        seen.add(customer)
