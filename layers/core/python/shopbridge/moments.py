"""When commands happened: what a body leaves open is filled in, what runs ahead is clamped."""

from datetime import datetime

import msgspec

from shopbridge.commands import (
    ChangeConsent,
    CloseCheckout,
    Command,
    FillCustomer,
    HoldActivity,
    RecordActivity,
    TouchCart,
    Unsubscribe,
    WatchCheckout,
)
from shopbridge.times import clamped, second, utc


def dated(command: Command, triggered_at: datetime, now: datetime) -> Command:
    """
    Give `command` its time: the body's own, else the trigger's, never beyond now.

    "Never asked" keeps no time, since nothing happened.
    """
    match command:
        case RecordActivity(occurred_at=at):
            at = clamped(utc(at or triggered_at), now)
            return msgspec.structs.replace(command, occurred_at=at)
        case HoldActivity(activity=activity):
            held = dated(activity, triggered_at, now)
            return msgspec.structs.replace(command, activity=held)
        case (
            ChangeConsent(at=at) | WatchCheckout(at=at) | CloseCheckout(at=at) | TouchCart(at=at)
        ) if at or not _is_never_asked(command):
            return msgspec.structs.replace(command, at=clamped(utc(at or triggered_at), now))
        case Unsubscribe(at=None):
            return msgspec.structs.replace(command, at=_past(triggered_at, now), undated=True)
        case Unsubscribe(at=at) | FillCustomer(at=at):
            return msgspec.structs.replace(command, at=_past(at or triggered_at, now))
        case _:
            return command


def _is_never_asked(command: Command) -> bool:
    return isinstance(command, ChangeConsent) and command.state == "not_subscribed"


def _past(at: datetime, now: datetime) -> datetime:
    """Return a time that Shopify takes for consent: whole seconds, and not ahead of us."""
    return second(min(utc(at), now))


def happened_at(command: Command, triggered_at: datetime) -> datetime:
    """When what a dated `command` reports took place: that time's switch position counts."""
    match command:
        case (
            RecordActivity(occurred_at=datetime() as at)
            | ChangeConsent(at=datetime() as at)
            | WatchCheckout(at=datetime() as at)
            | TouchCart(at=datetime() as at)
            | Unsubscribe(at=datetime() as at)
            | FillCustomer(at=datetime() as at)
            | HoldActivity(activity=RecordActivity(occurred_at=datetime() as at))
        ):
            return at
        case _:
            return triggered_at
