"""When commands happened."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from shopbridge.commands import ChangeConsent, Command, Identity, RecordActivity, RefreshContact
from shopbridge.moments import dated, happened_at

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TRIGGERED = NOW - timedelta(hours=1)
INDIA = timezone(timedelta(hours=5, minutes=30))


def activity(at: datetime | None) -> RecordActivity:
    """Return an activity of that time."""
    return RecordActivity("Product Purchase", "order#1", Identity("7001"), {}, at)


@pytest.mark.parametrize(
    ("said", "at"),
    [
        (None, TRIGGERED),
        (NOW - timedelta(days=3), NOW - timedelta(days=3)),
        (datetime(2026, 11, 23, 11), datetime(2026, 11, 23, 11, tzinfo=UTC)),
        (datetime(2026, 11, 23, 16, 30, tzinfo=INDIA), datetime(2026, 11, 23, 11, tzinfo=UTC)),
        (datetime(2036, 1, 1, tzinfo=UTC), NOW + timedelta(minutes=5)),
        (datetime(1, 1, 1, tzinfo=INDIA), datetime(1, 1, 1, tzinfo=UTC)),
    ],
)
def test_activity_has_a_time(said: datetime | None, at: datetime) -> None:
    """The body's, else the trigger's; without zone UTC, never more than 5 minutes ahead."""
    command = dated(activity(said), TRIGGERED, NOW)

    assert command == activity(at)
    assert happened_at(command, TRIGGERED) == at


@pytest.mark.parametrize(
    ("command", "after"),
    [
        (
            ChangeConsent("7001", "email", "unsubscribed"),
            ChangeConsent("7001", "email", "unsubscribed", TRIGGERED),
        ),
        (
            ChangeConsent("7001", "email", "not_subscribed"),
            ChangeConsent("7001", "email", "not_subscribed"),
        ),
        (RefreshContact("7001"), RefreshContact("7001")),
    ],
)
def test_only_what_happened_has_a_time(command: Command, after: Command) -> None:
    """Somebody who was never asked did nothing; a refresh is about now."""
    assert dated(command, TRIGGERED, NOW) == after


def test_what_has_no_time_happened_when_it_was_triggered() -> None:
    """That is the moment whose settings count."""
    assert happened_at(RefreshContact("7001"), TRIGGERED) == TRIGGERED
