"""Which of an object's commands may be sent by now."""

from datetime import UTC, datetime, timedelta

import pytest

from shopbridge.commands import Command, Identity, RecordActivity, RefreshProduct
from shopbridge.historic_sync.tail import Split, split

BEGAN = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def happened(at: datetime) -> dict[int, Command]:
    """Make an activity of that time."""
    return {0: RecordActivity("Product Purchase", "order#1", Identity("7"), {}, at)}


@pytest.mark.parametrize(
    ("before", "is_sent", "has_more"),
    [
        (-HOUR, False, False),
        (HOUR, False, True),
        (23 * HOUR, False, True),
        (24 * HOUR, True, False),
    ],
)
def test_activity_waits_until_it_is_a_day_old(
    before: timedelta, is_sent: bool, has_more: bool
) -> None:
    """What happened after the run began is the webhooks'; in the day before it, the tail's."""
    found = split(happened(BEGAN - before), BEGAN, BEGAN)

    assert (bool(found.now), found.has_more) == (is_sent, has_more)


def test_a_day_later_all_is_old_enough() -> None:
    """A second before the run began, read when the tail is due."""
    meant = happened(BEGAN - timedelta(seconds=1))

    assert split(meant, BEGAN, BEGAN + 24 * HOUR) == Split(meant)


def test_what_is_no_activity_never_waits() -> None:
    """A product has no time at which it happened."""
    meant: dict[int, Command] = {0: RefreshProduct("7")}

    assert split(meant, BEGAN, BEGAN) == Split(meant)
