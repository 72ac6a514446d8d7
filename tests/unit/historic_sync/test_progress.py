"""How far a run is: what somebody held it for slows nothing down."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from shopbridge.historic_sync.progress import progress
from shopbridge.historic_sync.run import Run, Slice

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
RUN = Run(
    store="vapid-store.myshopify.com",
    epoch=1,
    id="history-1",
    streams=("customers",),
    planned=("customers",),
    started_at=NOON - 10 * HOUR,
    until=NOON,
)
HALF = Slice(
    run="history-1",
    stream="customers",
    number=1,
    until=NOON,
    received_at=NOON,
    counted=7_200,
    read=3_600,
    ended=1_800,
)


@pytest.mark.parametrize(
    ("run", "rate", "seconds_left"),
    [
        ({}, 0.1, 36_000),
        ({"paused_seconds": 9 * 3_600}, 1.0, 3_600),
        ({"state": "PAUSED", "paused_at": NOON - 9 * HOUR}, 1.0, None),
        ({"state": "PAUSED", "paused_at": NOON - HOUR, "paused_seconds": 8 * 3_600}, 1.0, None),
        ({"state": "CANCELLED", "ended_at": NOON - 9 * HOUR}, 1.0, None),
    ],
    ids=["never held", "was held", "is held", "is held again", "cancelled"],
)
def test_rate_is_of_the_time_it_worked(
    run: dict[str, Any], rate: float, seconds_left: int | None
) -> None:
    """3,600 customers in ten hours, nine of which it may have been held for."""
    (found,) = progress(msgspec.structs.replace(RUN, **run), [HALF], NOON)

    assert (found.rate, found.seconds_left) == (rate, seconds_left)
    assert (found.total, found.read, found.done, found.share) == (7_200, 3_600, 1_800, 0.375)
