"""When the demo has settled, and how long it took: from the answer to the outcome."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from local.demo.sending import Sent, distinct, surprises
from local.demo.settling import first_accepted, left
from local.store.planned import PlannedDelivery
from shopbridge.ledger.report import Report

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def sent(  # noqa: PLR0913 - whatever can differ between two deliveries
    event: str = "e-1",
    *,
    kind: str = "fresh",
    body: bytes = b"{}",
    expected: int = 200,
    status: int = 200,
    over: str = "https",
    seconds: int = 0,
) -> Sent:
    """A delivery of orders/create, answered so many seconds after noon."""
    planned = PlannedDelivery(
        kind=kind,
        topic="orders/create",
        shop="a.myshopify.com",
        headers={},
        body=body,
        expected_status=expected,
        event_id=event,
        webhook_id=f"w-{event}",
        step=1,
        resource="",
    )
    return Sent(planned, over, status, NOON + timedelta(seconds=seconds))


def report(**counts: int) -> Report:
    """The report of one topic with these counters; `_` stands for the dot."""
    named = {name.replace("_", "."): number for name, number in counts.items()}
    return Report(NOON, ("a.myshopify.com",), {"orders/create": Counter(named)})


def test_what_has_not_arrived_is_left() -> None:
    """Deliveries that must be in the ledger count until they are."""
    assert left(report(deliveries=3), expected=5) == 2


def test_what_has_not_ended_is_left() -> None:
    """Commands without outcome count, kind by kind."""
    counted = report(
        deliveries=5,
        made_RecordActivity=5,
        delivered_RecordActivity=2,
        made_RefreshContact=1,
        unchanged_RefreshContact=1,
    )

    assert left(counted, expected=5) == 3


def test_more_than_expected_is_not_below_zero() -> None:
    """A kind that has ended more often than it was made hides nothing that still waits."""
    counted = report(
        deliveries=6, delivered_RecordActivity=4, made_RefreshContact=2, delivered_RefreshContact=1
    )

    assert left(counted, expected=5) == 1


def test_a_repeated_delivery_is_one() -> None:
    """Only accepted ones are in the ledger; over the other way the bytes are others."""
    again = [sent(), sent(kind="duplicate"), sent(over="eventbridge"), sent(body=b"[]")]

    assert distinct([*again, sent("e-2", expected=401, status=401)]) == 3


def test_surprising_is_what_a_good_receiver_would_not_answer() -> None:
    """A refused good delivery and an accepted forged one; a refused forged one is right."""
    refused = sent("e-1", status=503)
    forged = sent("e-2", expected=401, status=200)

    assert surprises([refused, forged, sent("e-3", expected=401, status=401), sent("e-4")]) == [
        refused,
        forged,
    ]


def test_time_runs_from_the_first_acceptance() -> None:
    """A duplicate that is answered later does not make the first one look quick."""
    answered = [
        sent(status=503, seconds=1),
        sent(seconds=7),
        sent(kind="duplicate", seconds=9),
        sent("e-2", over="eventbridge", seconds=2),
    ]

    assert first_accepted(answered) == {("e-1", "orders/create"): NOON + timedelta(seconds=7)}
