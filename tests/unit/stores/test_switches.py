"""A setting decides at the time when something happened, whatever is saved later."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbridge.commands import (
    ChangeConsent,
    Command,
    Identity,
    RecordActivity,
    RefreshContact,
    RefreshProduct,
)
from shopbridge.stores.compile import compiled
from shopbridge.stores.profile import Profile, dump, load
from shopbridge.stores.settings import Settings, Subscriptions
from shopbridge.switches import ends_early, is_off, switch_of

START = datetime(2026, 11, 23, 12, tzinfo=UTC)
EVENT: Final = "Product Purchase"
BUYER = Identity("7001")
NEW = Profile(store="a.myshopify.com", epoch=1, installed_at=START)


def minute(number: int) -> datetime:
    """Return a moment so many minutes after the start."""
    return START + timedelta(minutes=number)


def purchase(at: datetime, identity: Identity = BUYER) -> RecordActivity:
    """Return a purchase at that time."""
    return RecordActivity(EVENT, "order#1", identity, {}, at)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=12), st.integers(-5, 40))
def test_answer_is_what_was_saved_last_before(saves: list[tuple[int, bool]], at: int) -> None:
    """After any number of saves a moment is on if the last save before it said so."""
    saves = sorted(saves, key=lambda save: save[0])
    profile = compiled(Settings(events={EVENT: True}), NEW, START, first=True)
    expected = True
    for when, on in saves:
        profile = compiled(Settings(events={EVENT: on}), profile, minute(when), first=False)
        if when <= at:
            expected = on

    assert load(dump(profile)).is_on(EVENT, minute(at)) == expected


@settings(max_examples=100)
@given(st.lists(st.booleans(), max_size=6), st.booleans(), st.integers(0, 20))
def test_answer_about_the_past_never_changes(before: list[bool], then: bool, at: int) -> None:
    """Whatever is saved afterwards, what happened keeps its position."""
    profile = compiled(Settings(events={EVENT: True}), NEW, START, first=True)
    for number, on in enumerate(before):
        profile = compiled(Settings(events={EVENT: on}), profile, minute(number), first=False)

    later = compiled(Settings(events={EVENT: then}), profile, minute(21), first=False)

    assert later.is_on(EVENT, minute(at)) == profile.is_on(EVENT, minute(at))


def test_what_is_off_at_first_was_always_off() -> None:
    """Before the store was enabled nobody had chosen anything yet."""
    profile = compiled(Settings(events={EVENT: False}), NEW, minute(30), first=True)

    assert not profile.is_on(EVENT, minute(-10_000))


def test_events_of_our_own_are_off_at_first() -> None:
    """Netcore's plugin does not send Order Refunded, so neither do we unasked."""
    profile = compiled(Settings(), NEW, START, first=True)

    assert not profile.is_on("Order Refunded", minute(5))
    assert profile.is_on("Customer Registration", minute(5))


@pytest.mark.parametrize(
    ("command", "switch"),
    [
        (purchase(START), "Product Purchase"),
        (ChangeConsent("7001", "email", "subscribed", START), "Email subscription"),
        (ChangeConsent("7001", "sms", "subscribed", START), "SMS subscription"),
        (RefreshProduct("1"), "Product catalogue"),
        (RefreshContact("7001"), None),
    ],
)
def test_each_command_hangs_on_one_switch(command: Command, switch: str | None) -> None:
    """Contacts have none: they are always refreshed."""
    assert switch_of(command) == switch


def test_consent_switched_off_stays_unsent() -> None:
    """The moment of the consent counts, not of its webhook."""
    off = Settings(subscriptions=Subscriptions(email=False))
    profile = compiled(Settings(), NEW, START, first=True)
    profile = compiled(off, profile, minute(10), first=False)
    early = ChangeConsent("7001", "email", "unsubscribed", minute(9))
    late = ChangeConsent("7001", "email", "unsubscribed", minute(11))

    assert (is_off(early, minute(20), profile), is_off(late, minute(20), profile)) == (False, True)


@pytest.mark.parametrize(
    ("command", "outcome"),
    [
        (purchase(minute(11)), "disabled"),
        (purchase(minute(9)), None),
        (purchase(minute(9), Identity()), "unidentified"),
        (purchase(minute(11), Identity()), "disabled"),
        (purchase(minute(9), Identity(order_id="1")), None),
        (RefreshContact("7001"), None),
    ],
)
def test_ingest_ends_what_no_worker_can_send(command: Command, outcome: str | None) -> None:
    """Off at the time, or of nobody."""
    profile = compiled(Settings(), NEW, START, first=True)
    profile = compiled(Settings(events={EVENT: False}), profile, minute(10), first=False)

    assert ends_early(command, minute(20), profile) == outcome
