"""Waits until everything that was sent has ended, and measures how long that took."""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from local.demo.sending import Sent, wait
from shopbridge.ledger.history import History
from shopbridge.ledger.reader import Ledger
from shopbridge.ledger.report import Report, commands, deliveries

LOOK_SECONDS = 1.0
STEADY_LOOKS = 3
"""How often in a row nothing must be waiting: EventBridge hands over in the background."""

Look = Callable[[], Report]


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds from Shopify's answer to Netcore's, over delivered commands."""

    commands: int
    p50: float
    p95: float


def settle(look: Look, expected: int, tell: Callable[[int], None], patience: float) -> Report:
    """Look until `expected` deliveries are in and nothing waits; return the last report."""
    ends_at = time.monotonic() + patience
    steady = 0
    while True:
        report = look()
        waiting = left(report, expected)
        tell(waiting)
        steady = 0 if waiting else steady + 1
        if steady == STEADY_LOOKS or time.monotonic() > ends_at:
            return report
        wait(time.monotonic() + LOOK_SECONDS)


def left(report: Report, expected: int) -> int:
    """Count deliveries that have not arrived and commands that have not ended."""
    total = report.total
    missing = max(0, expected - deliveries(total).made)
    return missing + sum(max(0, tally.waiting) for tally in commands(total).values())


def latency(sent: Sequence[Sent], ledger: Ledger) -> Latency:
    """
    Measure each delivered command, from the answer Shopify got to Netcore's answer.

    The end is the moment the worker wrote down, just after Netcore accepted: a little
    later than Netcore could show it.
    """
    accepted = first_accepted(sent)
    seconds = sorted(
        (end.at - accepted[history.event_id, history.topic]).total_seconds()
        for history in _histories(sent, ledger)
        for end in history.ends
        if end.outcome == "delivered"
        and end.at is not None
        and (history.event_id, history.topic) in accepted
    )
    if len(seconds) < 2:  # noqa: PLR2004 - quantiles need two
        return Latency(len(seconds), 0.0, 0.0)
    cuts = statistics.quantiles(seconds, n=20)
    return Latency(len(seconds), statistics.median(seconds), cuts[-1])


def first_accepted(sent: Sequence[Sent]) -> Mapping[tuple[str, str], datetime]:
    """When each event was first answered with 200, by event id and topic."""
    times: dict[tuple[str, str], datetime] = {}
    for one in sent:
        key = (one.planned.event_id, one.planned.topic)
        if one.status == 200 and one.over == "https":  # noqa: PLR2004 - accepted
            times[key] = min(one.accepted_at, times.get(key, one.accepted_at))
    return times


def _histories(sent: Sequence[Sent], ledger: Ledger) -> Iterator[History]:
    for store, event in sorted({(one.planned.shop, one.planned.event_id) for one in sent}):
        yield from ledger.event(store, event)
