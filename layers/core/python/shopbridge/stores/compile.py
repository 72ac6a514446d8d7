"""From a store's settings to the profile that ingest reads, remembering when things were off."""

from datetime import datetime
from typing import get_args

import msgspec

from shopbridge.stores.profile import (
    CATALOGUE,
    EMAIL_SUBSCRIPTION,
    PROFILES,
    SMS_SUBSCRIPTION,
    UNSUBSCRIBES,
    Profile,
    Span,
)
from shopbridge.stores.settings import EventName, Settings

BEGINNING = datetime.fromisoformat("0001-01-02T00:00:00+00:00")
"""Since when something is off that was never on."""


def switches(settings: Settings) -> dict[str, bool]:
    """List every switch and its position."""
    return {
        **{event: settings.sends(event) for event in get_args(EventName)},
        EMAIL_SUBSCRIPTION: settings.subscriptions.email,
        SMS_SUBSCRIPTION: settings.subscriptions.sms,
        CATALOGUE: settings.product_catalogue,
        UNSUBSCRIBES: settings.to_shopify.unsubscribes,
        PROFILES: settings.to_shopify.profiles,
    }


def compiled(settings: Settings, before: Profile, now: datetime, *, first: bool) -> Profile:
    """
    Compile `settings` saved at `now`, on top of the profile they replace.

    A switch that goes off opens a span, one that comes back closes it. What is off
    when settings are saved for the `first` time has always been off.
    """
    since = BEGINNING if first else now
    off = {
        name: spans
        for name, on in switches(settings).items()
        if (spans := _moved(() if first else before.off.get(name, ()), on, since))
    }
    return msgspec.structs.replace(
        before,
        primary_key=settings.primary_key,
        asset=settings.netcore.website_id,
        presentment_money=settings.presentment_money,
        country=settings.country,
        off=off,
    )


def _moved(spans: tuple[Span, ...], on: bool, now: datetime) -> tuple[Span, ...]:
    is_open = bool(spans) and spans[-1][1] is None
    if on and is_open:
        return (*spans[:-1], (spans[-1][0], now))
    if not on and not is_open:
        return (*spans, (now, None))
    return spans
