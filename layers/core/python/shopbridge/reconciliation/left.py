"""
How it stands with a checkout that Shopify shows as abandoned or recovered. Pure.

    completed ──▶ closed, if it is still waited for
    left      ──▶ waited for, unless it was told, ordered, switched off, or is too old
"""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

import msgspec

from shopbridge import reasons, times
from shopbridge.abandonment.around import Standing
from shopbridge.abandonment.due import is_too_late
from shopbridge.commands import CloseCheckout, RecordActivity, WatchCheckout
from shopbridge.reconciliation.seen import State
from shopbridge.shopify.payloads.checkout import Checkout
from shopbridge.stores.profile import Profile
from shopbridge.switches import is_off
from shopbridge.translate.checkouts import begun

UNNAMED: Final = "Shopify no longer shows its token"


class Means(NamedTuple):
    """What a checkout means, as its webhook would have said it."""

    close: CloseCheckout | None = None
    watch: WatchCheckout | None = None
    started: RecordActivity | None = None


class Known(NamedTuple):
    """What we know about one."""

    standing: Standing | None
    """Where a webhook of it came."""
    is_told: bool
    """Whether Cart Abandonment was sent, whatever way it went."""
    is_ordered: bool
    """Whether its cart was ordered, or its buyer ordered anything since."""


class Verdict(NamedTuple):
    """How it stands with one, and why where nothing can be done."""

    state: State
    why: str = ""


def means(checkout: Checkout, store: Profile, *, is_named: bool) -> Means:
    """Say what a checkout means; unless `is_named` its token is made up, and not told anybody."""
    told = list(begun(checkout, store))
    watches = (one for one in told if isinstance(one, WatchCheckout))
    watch = next(watches, None)
    if watch and not is_named:
        params = {k: v for k, v in watch.activity.params.items() if k != "checkout_token"}
        activity = msgspec.structs.replace(watch.activity, params=params)
        watch = msgspec.structs.replace(watch, activity=activity)
    return Means(
        next((one for one in told if isinstance(one, CloseCheckout)), None),
        watch,
        next((one for one in told if isinstance(one, RecordActivity)), None),
    )


def verdict(meant: Means, known: Known, store: Profile, delay: timedelta, now: datetime) -> Verdict:
    """Judge one checkout; `delay` is the store's, until it counts as abandoned."""
    standing, watch = known.standing, meant.watch
    if meant.close:
        return Verdict("stale" if standing and standing.waits else "same")
    if watch is None or watch.at is None:
        return Verdict("unidentified")
    if known.is_told or known.is_ordered or (standing and _is_current(standing, watch.at)):
        return Verdict("same")
    if is_off(watch, now, store):
        return Verdict("disabled")
    if is_too_late(watch.at + delay, now):
        return Verdict("unrecoverable", reasons.TOO_LATE)
    return Verdict("stale" if standing else "missing")


def is_lost(meant: Means, standing: Standing | None, store: Profile) -> bool:
    """
    Whether the beginning of an unnamed checkout was never told.

    Of every checkout that arrived something stands here, as long as Cart Abandonment is on.
    """
    started, watch = meant.started, meant.watch
    if standing or started is None or watch is None or watch.at is None:
        return False
    at = started.occurred_at or watch.at
    is_ours = at >= times.second(store.installed_at) and not is_off(watch, watch.at, store)
    return is_ours and not is_off(started, at, store)


def _is_current(standing: Standing, at: datetime) -> bool:
    """Whether it is over, or no newer state of it than that of `at` is to be had."""
    return bool(standing.ended) or (standing.at is not None and standing.at >= at)
