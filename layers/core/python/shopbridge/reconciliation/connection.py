"""What has to be right before any event can arrive: the doctor and the schedule ask the same."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from shopbridge.reconciliation.finding import Check, bad, good, judged
from shopbridge.shopify import scopes
from shopbridge.shopify.version import API_VERSION, supported_until
from shopbridge.stores.store import Store

AGAIN: Final = "open the app in the store's Shopify admin"

MONTHS_LEFT: Final = 3
"""Before the end of an API version, a newer one should be in use."""

LATE: Final = timedelta(minutes=15)
"""A live event is late by then; as the alarms have it."""
HISTORY_LATE: Final = timedelta(hours=24)


def token(found: Store) -> Check:
    """Say whether Shopify can be asked anything, as far as the store's row knows."""
    if found.reauthorise_since:
        return refused(f"refused since {found.reauthorise_since:%Y-%m-%d %H:%M}")
    if found.sealed_access_token is None:
        return bad("store", "token", "none", why="Shopify cannot be asked anything.", mend=AGAIN)
    ends = found.refresh_expires_at
    return good("store", "token", f"can be refreshed until {ends:%Y-%m-%d}" if ends else "saved")


def refused(how: str) -> Check:
    """Say that Shopify does not take the token."""
    why = "Contacts, consents and the catalogue need Shopify's answers."
    return bad("store", "token", how, why=why, mend=AGAIN)


def granted(needed: str, known: Collection[str] | None) -> Check:
    """Compare the scopes that are needed with those that the merchant grants."""
    lacking = scopes.missing(scopes.parse(needed), frozenset(known or ()))
    return judged(
        "store",
        "scopes",
        known is None or not lacking,
        "not known" if known is None else ", ".join(lacking) or "granted",
        why="What needs them is refused by Shopify, and parked.",
        mend=AGAIN,
    )


def version(today: date) -> Check:
    """Say how long Shopify serves the version of its API that is in use."""
    ends = supported_until(API_VERSION)
    return judged(
        "app",
        f"API version {API_VERSION}",
        (ends - today).days // 30 >= MONTHS_LEFT,
        f"supported until {ends}",
        why="Shopify then answers with another version, and mappings may break.",
        mend="raise API_VERSION in shopbridge/shopify/version.py, then make check",
    )


def queues(ages: Mapping[str, timedelta]) -> Iterator[Check]:
    """Say in which lanes the oldest message waits for too long; one line where none does."""
    late = {lane: age for lane, age in ages.items() if age >= _allowed(lane)}
    for lane, age in sorted(late.items()):
        yield bad(
            "account",
            f"queue {lane}",
            f"its oldest message waits for {age.total_seconds() / 60:.0f} minutes",
            why="What waits there has not reached Netcore.",
            mend="shopbridge parked list; then the log of its worker",
        )
    if not late:
        oldest = max(ages.values(), default=None)
        told = "not measured" if oldest is None else f"{oldest.total_seconds():.0f} s at most"
        yield good("account", "queues", told)


def _allowed(lane: str) -> timedelta:
    return HISTORY_LATE if lane.endswith("-history") else LATE
