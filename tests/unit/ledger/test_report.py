"""The report balances exactly when every command is accounted for."""

from collections import Counter
from datetime import UTC, datetime

from shopbridge.ledger.report import Report, Tally, commands, deliveries, duplicates

SINCE = datetime(2026, 11, 23, 7, tzinfo=UTC)
COUNTS = Counter(
    {
        "arrivals": 5,
        "deliveries": 4,
        "published": 2,
        "parked": 1,
        "made.RecordActivity": 2,
        "delivered.RecordActivity": 1,
        "disabled.RecordActivity": 1,
        "made.RefreshContact": 2,
        "unchanged.RefreshContact": 1,
        "ambiguous": 1,
    }
)


def made(counts: Counter[str], queued: dict[str, int] | None = None) -> Report:
    """Report on one topic."""
    return Report(SINCE, ("vapid-store.myshopify.com",), {"orders/create": counts}, queued)


def test_what_is_left_over_waits() -> None:
    """Waiting is what was made less what has ended."""
    tallies = commands(COUNTS)

    assert tallies == {
        "RecordActivity": Tally(2, Counter(delivered=1, disabled=1)),
        "RefreshContact": Tally(2, Counter(unchanged=1)),
    }
    assert tallies["RefreshContact"].waiting == 1
    assert deliveries(COUNTS).waiting == 1
    assert duplicates(COUNTS) == 1


def test_waiting_command_must_lie_in_a_queue() -> None:
    """With a message in its queue it balances, without one something was lost."""
    waiting, lost = made(COUNTS, {"RefreshContact": 1}), made(COUNTS, {"RefreshContact": 0})

    assert waiting.balances
    assert list(lost.findings()) == [
        "1 RefreshContact have no outcome, but nothing waits in their queue"
    ]


def test_more_ends_than_beginnings_do_not_balance() -> None:
    """An outcome without a command that was made is named with its topic."""
    report = made(COUNTS + Counter({"delivered.RecordActivity": 2}))

    assert list(report.findings()) == ["orders/create: 2 more RecordActivity ended than were made"]


def test_topics_are_added_up_with_their_signs() -> None:
    """A topic that lost an outcome to another hour does not hide it in the total."""
    report = Report(SINCE, (), {"a": Counter(arrivals=2), "b": Counter(arrivals=-1)})

    assert report.total == Counter(arrivals=1)
