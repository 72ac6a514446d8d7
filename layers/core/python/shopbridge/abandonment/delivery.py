"""Carries out commands about checkouts and carts for one store; nothing leaves for Netcore."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from shopbridge import reasons, times
from shopbridge.abandonment.checkouts import Checkouts
from shopbridge.abandonment.due import due_at, is_too_late
from shopbridge.abandonment.keyring import Keyring
from shopbridge.abandonment.row import Row
from shopbridge.abandonment.secret import Secret
from shopbridge.commands import Identity, Timed, TouchCart, WatchCheckout
from shopbridge.station.station import Station
from shopbridge.stores.store import Store
from shopbridge.work import Ended, Item, Result


@dataclass(frozen=True, slots=True)
class Services:
    """What the worker needs beside its station."""

    station: Station
    checkouts: Callable[[str], Checkouts]
    keyring: Keyring


def deliver(store: Store, items: Sequence[Item[Timed]], services: Services) -> Sequence[Result]:
    """
    Watch and close checkouts of `store`; one result for each item, in their order.

    Raises:
        Unavailable: the store's secret cannot be had now.
    """
    secret = services.keyring.of(store.name)
    return [_carried_out(store, item, secret, services) for item in items]


def _carried_out(store: Store, item: Item[Timed], secret: Secret, services: Services) -> Ended:
    command, now = item.command, services.station.now()
    at = times.clamped(times.utc(command.at or item.head.triggered_at), now)
    checkouts, country = services.checkouts(store.name), store.settings.country
    if isinstance(command, WatchCheckout):
        delay = timedelta(minutes=store.settings.abandonment.delay_minutes)
        if is_too_late(at + delay, now):
            return Ended("superseded", reasons.TOO_LATE)
        due = due_at(at, delay, now)
        checkout = Row(
            token=command.token,
            epoch=store.epoch,
            at=at,
            due_at=due,
            look_at=due,
            marks=secret.marks(command.activity.identity, country, command.cart_token),
            sealed=secret.seal(command.activity, command.token),
        )
        return _watched(checkouts.watch(checkout, now))
    if isinstance(command, TouchCart):
        for mark in secret.marks(Identity(), country, command.cart_token):
            checkouts.marks.touched(mark, at, now)
        return Ended("delivered")
    if command.token:
        checkouts.close(command.token, now)
    for mark in secret.marks(command.buyer, country, command.cart_token):
        checkouts.marks.ordered(mark, at, now)
    return Ended("delivered")


def _watched(refused: str | None) -> Ended:
    match refused:
        case None:
            return Ended("delivered")
        case "closed":
            return Ended("superseded", reasons.ORDERED)
        case "told":
            return Ended("superseded", reasons.TOLD_BEFORE)
    return Ended("superseded", reasons.NEWER_STATE)
