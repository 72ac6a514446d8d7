"""Carries out `RefreshContact` and `SendContact`: repeats are one, what is known is not sent."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shopbridge.commands import RefreshContact, SendContact
from shopbridge.contacts.refresh import Reading, Refresh
from shopbridge.errors import Rejected
from shopbridge.netcore.paced import outcome_of
from shopbridge.shopify.people import Customer
from shopbridge.station.station import Station
from shopbridge.stores.store import Store
from shopbridge.work import Ended, Item, Lane, Result, lane_of

Contact = RefreshContact | SendContact


@dataclass(frozen=True, slots=True)
class Services:
    """What the worker needs beside its station."""

    station: Station
    refresh: Callable[[Store, Lane], Refresh]


def deliver(store: Store, items: Sequence[Item[Contact]], services: Services) -> Sequence[Result]:
    """
    Bring contacts of `store` up to date; one result for each item, in their order.

    A message that comes back may follow a send that was never noted, perhaps of an older
    state: its contact is sent again, whatever the row says.
    """
    forced: dict[str, bool] = {}
    for item in items:
        customer = item.command.customer_id
        forced[customer] = forced.get(customer, False) or item.receives > 1
    try:
        results = services.refresh(store, lane_of(items)).all(forced, _carried(items))
    except Rejected as exc:  # the store's settings, key or token: no item is to blame
        return [outcome_of(exc)] * len(items)
    return list(_shared(items, results))


def _carried(items: Sequence[Item[Contact]]) -> dict[str, Reading]:
    """Return what came along of customers of whom nobody demands the current state."""
    asked = {i.command.customer_id for i in items if isinstance(i.command, RefreshContact)}
    found: dict[str, Reading] = {}
    for item in items:
        command = item.command
        if isinstance(command, SendContact) and command.customer_id not in asked:
            customer = Customer.model_validate_json(bytes(command.data))
            found[command.customer_id] = Reading(
                customer, command.read_at, command.denied, carried=True
            )
    return found


def _shared(items: Sequence[Item[Contact]], results: Mapping[str, Result]) -> Iterator[Result]:
    """Give the first item of a customer what became of them; the rest found nothing to send."""
    seen: set[str] = set()
    for item in items:
        customer = item.command.customer_id
        result = results[customer]
        is_sent = isinstance(result, Ended) and result.outcome == "delivered"
        yield Ended("unchanged") if is_sent and customer in seen else result
        seen.add(customer)
