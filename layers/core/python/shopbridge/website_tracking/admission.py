"""Whether a request to `/collect` is one of the store's storefront, by what browsers say."""

import hmac
from datetime import datetime, timedelta
from typing import Final

from shopbridge.stores.profile import Profile
from shopbridge.times import AHEAD
from shopbridge.website_tracking.collected import Collected

OLDEST: Final = timedelta(hours=24)
"""Netcore starts no journey for what is older."""


def refusal(event: Collected, origin: str, store: Profile | None, now: datetime) -> str | None:
    """Say why the event is not taken; None where it is."""
    if not (event.consent.analytics and event.consent.marketing):
        return "no consent"
    if store is None:
        return "no such store"
    if not _is_from_store(event, origin, store):
        return "not from the store's storefront"
    if not now - OLDEST <= event.at <= now + AHEAD:
        return "too old, or not yet"
    return None


def _is_from_store(event: Collected, origin: str, store: Profile) -> bool:
    """
    A pixel's sandbox has no origin, so it shows its key; a headless storefront has one.

    Both only keep a browser from speaking for another store: who writes requests by hand
    can read either on the storefront.
    """
    if event.key:
        return bool(store.pixel_key) and hmac.compare_digest(
            event.key.encode(), store.pixel_key.encode()
        )
    return origin in store.origins
