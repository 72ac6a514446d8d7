"""Looks every minute which checkouts are due, and has each settled."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from aws_lambda_powertools import Logger, Metrics

from shopbridge import times
from shopbridge.abandonment.telling import LOOK_AGAIN, Telling
from shopbridge.abandonment.timers import Found, Timers
from shopbridge.errors import Unavailable
from shopbridge.passing import AWS_FAILURES
from shopbridge.station import trouble
from shopbridge.station.shift import Shift
from shopbridge.telemetry import NAMESPACE

logger = Logger()
metrics = Metrics(namespace=NAMESPACE)

SOON: Final = timedelta(minutes=1)
"""When a checkout is looked at again that another sweep has, or that AWS did not answer for."""


class NotAllSwept(Unavailable):
    """Time is up, or something could not even be put off: the next minute goes on."""


@dataclass(frozen=True)
class Services:
    """What a sweep needs; `telling` makes a new one for each, which reads stores anew."""

    timers: Timers
    telling: Callable[[], Telling]
    now: Callable[[], datetime]


@dataclass(frozen=True)
class Sweep:
    """
    The scheduled function; its event may name the moment `until` which it looks.

    Several may run at once, and any may be missed: what is due stays in the index.
    """

    services: Callable[[], Services]

    def __call__(self, event: dict[str, Any], context: object) -> dict[str, int]:
        """
        Settle what is due; return how many checkouts became what.

        Raises:
            NotAllSwept: some of it is still due.
        """
        services, shift = self.services(), Shift()
        now = services.now()
        shift.begin(now, context)
        until = times.parse(event["until"]) if "until" in event else now
        counts: Counter[str] = Counter()
        late, telling = timedelta(), services.telling()
        for found in services.timers.due(until):
            late = max(late, until - found.look_at)
            if shift.is_late(services.now()):
                counts["unsettled"] += 1
                break
            counts[_settled(found, telling, services)] += 1
        _report(counts, late)
        if counts["unsettled"]:
            raise NotAllSwept("time is up, or AWS did not answer")
        return dict(counts)


def _settled(found: Found, telling: Telling, services: Services) -> str:
    """Settle one; what goes wrong with it must not keep the others waiting."""
    try:
        return telling.settle(found)
    except Unavailable as exc:
        wait = SOON
        logger.info("put off", extra={"shop": found.store, "reason": str(exc)})
    except Exception as exc:
        wait = LOOK_AGAIN
        trouble.tell("not settled", exc, shop=found.store)
    try:
        telling.put_off(found, services.now() + wait)
    except AWS_FAILURES as exc:
        trouble.tell("not put off", exc, shop=found.store)
        return "unsettled"
    return "put off"


def _report(counts: Counter[str], late: timedelta) -> None:
    """One line a sweep; how late the oldest was raises the alarm, and so does hearing nothing."""
    seconds = round(late.total_seconds())
    logger.info("swept", extra={**counts, "late_seconds": seconds})
    metrics.add_metric(name="SweepLate", unit="Seconds", value=seconds)
    metrics.flush_metrics()
