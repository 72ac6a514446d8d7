"""Carries out `RecordActivity` for one store: each effect sent once, in as few calls as fit."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from shopbridge.activities.addressing import Addressing, Buyers
from shopbridge.activities.parcel import Parcel
from shopbridge.activities.sending import Sender
from shopbridge.commands import RecordActivity
from shopbridge.passing import AWS_FAILURES
from shopbridge.receipts.repository import Receipts
from shopbridge.station.station import Station
from shopbridge.stores.store import Store
from shopbridge.work import Ended, Item, Lane, Later, Result, lane_of


@dataclass(frozen=True, slots=True)
class Services:
    """What the worker needs beside its station."""

    station: Station
    receipts: Callable[[str], Receipts]
    buyers: Buyers
    sender: Callable[[Store, Lane], Sender]


def deliver(
    store: Store, items: Sequence[Item[RecordActivity]], services: Services
) -> Sequence[Result]:
    """Record activities of `store`; one result for each item, in their order."""
    results: dict[int, Result] = {}
    stopped = partial(_stopped, store, services.station)
    addressing = Addressing(store, services.buyers, stopped, items)
    parcels = []
    for item in items:
        found = addressing.parcel(item)
        if isinstance(found, Parcel):
            parcels.append(found)
        else:
            results[id(item)] = found
    results |= _send(store, parcels, services) if parcels else {}
    return [results[id(item)] for item in items]


def _stopped(
    store: Store, station: Station, items: Sequence[Item[RecordActivity]]
) -> Sequence[bool]:
    if station.erased is None:
        return [False] * len(items)
    return station.erased(store.name).stopped(items, store.settings.country)


def _send(store: Store, parcels: Sequence[Parcel], services: Services) -> Mapping[int, Result]:
    """Claim and send; the sender comes first, since without a key nothing may be claimed."""
    results: dict[int, Result] = {}
    sender = services.sender(store, lane_of(parcel.item for parcel in parcels))
    claimed = list(_claimed(parcels, services.receipts(store.name), services.station, results))
    return results | sender.send(claimed)


def _claimed(
    parcels: Iterable[Parcel], receipts: Receipts, station: Station, results: dict[int, Result]
) -> Iterator[Parcel]:
    """Claim each effect; what is accepted, or another's right now, ends here."""
    seen: set[str] = set()
    for parcel in parcels:
        if parcel.effect in seen:
            results[id(parcel.item)] = Later("the same effect is in this batch", 1)
            continue
        seen.add(parcel.effect)
        try:
            found = _claim(parcel, receipts, station)
        except AWS_FAILURES as exc:
            found = Later(f"its receipt cannot be claimed: {type(exc).__name__}")
        if isinstance(found, Parcel):
            yield found
        else:
            results[id(parcel.item)] = found


def _claim(parcel: Parcel, receipts: Receipts, station: Station) -> Parcel | Result:
    item, effect, now = parcel.item, parcel.effect, station.now()
    claim = receipts.claim(effect, parcel.command, now, station.shift.lease(now))
    match claim.state:
        case "accepted":
            return Ended("delivered" if claim.again else "duplicate", effect=effect)
        case "taken":
            return Later("another worker is sending it", claim.seconds)
        case "resend":
            return Parcel(item, effect, parcel.body, resent=True)
        case "ours":
            return parcel
