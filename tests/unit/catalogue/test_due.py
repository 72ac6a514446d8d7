"""When a feed is built: a quarter of an hour after the last one at the earliest, and daily."""

from datetime import UTC, datetime, timedelta

import pytest

from shopbridge.catalogue.building import Contents
from shopbridge.catalogue.due import is_due, late_by
from shopbridge.catalogue.feed import Build, Feed
from shopbridge.catalogue.item import Choice

BEGAN = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
CHOICE = Choice()
BUILD = Build("feeds/x/1", CHOICE.digest, BEGAN, BEGAN, Contents(0, {}, {}, {}))


def minutes(number: float) -> datetime:
    """Return the moment so many minutes after the build began."""
    return BEGAN + timedelta(minutes=number)


@pytest.mark.parametrize(
    ("changed_until", "now", "due"),
    [
        (None, 16, False),
        (-1, 16, False),
        (0, 14, False),
        (0, 15, True),
        (5, 15, True),
        (5, 14.9, False),
        (None, 23 * 60 - 1, False),
        (None, 23 * 60, True),
    ],
)
def test_built_after_a_change_but_not_too_often(
    changed_until: float | None, now: float, due: bool
) -> None:
    """What may still have been changing when the build began is not in it for sure."""
    changed = None if changed_until is None else minutes(changed_until)
    feed = Feed("x", changed_until=changed, build=BUILD)

    assert is_due(feed, CHOICE, minutes(now)) is due


def test_what_was_never_built_is_due() -> None:
    """The first build waits for nothing."""
    assert is_due(Feed("x"), CHOICE, BEGAN)


@pytest.mark.parametrize(("now", "due"), [(14, False), (15, True)])
def test_another_choice_is_a_change(now: float, due: bool) -> None:
    """A location that no longer counts shows in the feed without any product changing."""
    feed = Feed("x", build=BUILD)

    assert is_due(feed, Choice(off=frozenset({"5"})), minutes(now)) is due


@pytest.mark.parametrize(("hours", "late"), [(0, 0), (24, 0), (25, 1), (48, 24)])
def test_late_is_older_than_a_day(hours: int, late: int) -> None:
    """The figure behind the alarm."""
    assert late_by(Feed("x", build=BUILD), minutes(hours * 60)) == timedelta(hours=late)


def test_what_was_never_built_is_not_late() -> None:
    """A store without products has no feed; one that fails to be built fails its job."""
    assert late_by(Feed("x"), BEGAN) == timedelta()
