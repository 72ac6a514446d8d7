"""Carries out `ChangeConsent` for one store: the newest word wins, and Netcore hears it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shopbridge import reasons
from shopbridge.commands import ChangeConsent, Channel
from shopbridge.consents.carried import joined, wanted
from shopbridge.consents.merge import Wanted, said
from shopbridge.consents.settle import Person, Settled, Settling
from shopbridge.errors import Rejected
from shopbridge.ledger.rows import command_id
from shopbridge.netcore.paced import outcome_of
from shopbridge.station.station import Station
from shopbridge.stores.store import Store
from shopbridge.work import Ended, Item, Result

Keys = Callable[[Store, Iterable[ChangeConsent]], Mapping[str, str]]
"""Values of the store's primary key, by customer id; absent for whom it has none."""


@dataclass(frozen=True, slots=True)
class Services:
    """What the worker needs beside its station."""

    station: Station
    keys: Keys
    settling: Callable[[Store], Settling]


def deliver(
    store: Store, items: Sequence[Item[ChangeConsent]], services: Services
) -> Sequence[Result]:
    """Change consent of contacts of `store`; one result for each item, in their order."""
    try:
        settling = services.settling(store)
        keys = services.keys(store, [item.command for item in items])
    except Rejected as exc:  # the store's settings, key or token: no item is to blame
        return [outcome_of(exc)] * len(items)
    people = {
        customer: Person(
            key=keys.get(customer),
            said=_together(store, group),
            forced=any(item.receives > 1 for item in group),
        )
        for customer, group in _by_customer(items).items()
    }
    return list(_results(items, settling.all(people), settling))


def _by_customer(
    items: Iterable[Item[ChangeConsent]],
) -> dict[str, list[Item[ChangeConsent]]]:
    groups: dict[str, list[Item[ChangeConsent]]] = {}
    for item in items:
        groups.setdefault(item.command.customer_id, []).append(item)
    return groups


def _together(store: Store, items: Iterable[Item[ChangeConsent]]) -> dict[Channel, Wanted]:
    both: dict[Channel, Wanted] = {}
    for item in items:
        command = item.command
        both = joined(both, {command.channel: wanted(store, command, command.at)})
    return both


def _results(
    items: Sequence[Item[ChangeConsent]], settled: Mapping[str, Settled], settling: Settling
) -> Iterator[Result]:
    """Say how each item ended; of several with the same words, the first was sent."""
    told: set[tuple[str, Channel]] = set()
    for item in items:
        command = item.command
        person = settled[command.customer_id]
        last = person.row.wanted(command.channel)
        is_older = last is not None and last.said.weight > said(command).weight
        if person.failed and not is_older:
            yield person.failed
        elif _needs_unblocking(item, person, settling):
            yield Ended("parked", reasons.UNBLOCK_NEEDED)
        elif is_older:
            yield Ended("superseded", reasons.NEWER_WORD)
            continue
        else:
            is_first = (command.customer_id, command.channel) not in told
            yield Ended("delivered" if person.sent and is_first else "unchanged")
        told.add((command.customer_id, command.channel))


def _needs_unblocking(item: Item[ChangeConsent], person: Settled, settling: Settling) -> bool:
    """
    Whether this is the one command that stands for unblocking the contact by hand.

    A yes that a newer yes overtook may be all that we hear of it from Shopify.
    """
    command, last = item.command, person.row.wanted("email")
    if command.channel != "email" or command.state != "subscribed":
        return False
    if not person.row.is_blacklisted or last is None or last.said.state != "subscribed":
        return False
    return settling.contacts.claim_unblocking(person.row, command_id(item.head, item.number))
