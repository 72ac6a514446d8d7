"""Which setting a command hangs on, and what ends before it is sent anywhere."""

from datetime import datetime

from shopbridge.commands import (
    BY_LINK,
    ChangeConsent,
    Command,
    FillCustomer,
    HoldActivity,
    RecordActivity,
    RefreshProduct,
    TouchCart,
    Unsubscribe,
    WatchCheckout,
)
from shopbridge.moments import happened_at
from shopbridge.outcome import Outcome
from shopbridge.stores.profile import (
    CATALOGUE,
    EMAIL_SUBSCRIPTION,
    PROFILES,
    SMS_SUBSCRIPTION,
    UNSUBSCRIBES,
    Profile,
)

ABANDONED = "Cart Abandonment"
_SWITCHES: dict[type[Command], str] = {
    RefreshProduct: CATALOGUE,
    FillCustomer: PROFILES,
    TouchCart: ABANDONED,
}


def switch_of(command: Command) -> str | None:
    """Name the switch that governs `command`; None for what is always done."""
    match command:
        case RecordActivity():
            return command.name
        case WatchCheckout() | HoldActivity():
            return command.activity.name
        case ChangeConsent():
            return EMAIL_SUBSCRIPTION if command.channel == "email" else SMS_SUBSCRIPTION
        case Unsubscribe():
            return None if command.source in BY_LINK else UNSUBSCRIBES
        case _:
            return _SWITCHES.get(type(command))


def is_off(command: Command, triggered_at: datetime, store: Profile) -> bool:
    """Whether `command` stays unsent for good, since its switch was off at the time."""
    switch = switch_of(command)
    return switch is not None and not store.is_on(switch, happened_at(command, triggered_at))


def ends_early(command: Command, triggered_at: datetime, store: Profile) -> Outcome | None:
    """Outcome that ingest itself can state, None where a worker has to act."""
    if is_off(command, triggered_at, store):
        return "disabled"
    if isinstance(command, RecordActivity) and not command.identity:
        return "unidentified"
    if isinstance(command, Unsubscribe | FillCustomer) and not command.person:
        return "unidentified"
    return None
