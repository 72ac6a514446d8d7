"""What finds have in common, and how many of them one run may mend."""

from datetime import UTC, datetime, timedelta

from shopbridge.commands import RefreshContact
from shopbridge.reconciliation.seen import Seen, State, gap, within

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def seen(minute: int, state: State = "missing", commands: int = 1) -> Seen:
    """Write one object that changed so many minutes after noon."""
    repair = {place: RefreshContact(str(minute)) for place in range(commands)}
    return Seen(str(minute), state, NOON + timedelta(minutes=minute), repair)


def test_gap_reaches_from_the_first_that_is_wrong_to_the_last() -> None:
    """One in between arrived, so it was no outage."""
    found = gap([seen(0, "same"), seen(5), seen(6, "same"), seen(7, "stale"), seen(9, "same")])

    assert found is not None
    assert (found.since, found.until) == (NOON + timedelta(minutes=5), NOON + timedelta(minutes=7))
    assert (found.changed, found.wrong, found.is_whole) == (3, 2, False)


def test_nothing_wrong_has_no_gap() -> None:
    """Nor has what is gone, of which nobody knows since when, or what stays unsent."""
    assert gap([seen(1, "same"), seen(2, "extra"), seen(3, "disabled"), seen(4, "parked")]) is None


def test_oldest_are_mended_first() -> None:
    """Whatever the order in which they were found; an object's commands stay together."""
    every = [seen(3), seen(1, commands=2), seen(2), seen(4, "same")]

    mend, left = within(every, 3)

    assert ([one.id for one in mend], [one.id for one in left]) == (["1", "2"], ["3"])


def test_without_room_all_is_left() -> None:
    """The first needs more commands than there may be."""
    mend, left = within([seen(1, commands=2), seen(2)], 1)

    assert ([*mend], [one.id for one in left]) == ([], ["1", "2"])
