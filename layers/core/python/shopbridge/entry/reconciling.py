"""
The shells of reconciliation: a schedule that hands out one message for each store, and the
function that takes one.

Stores share nothing but the queue: one that fails comes back by itself, five times, and is
then left with the jobs that did not finish.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import msgspec
from aws_lambda_powertools import Logger, Metrics

from shopbridge.errors import Unavailable
from shopbridge.reconciliation.desk import Desk
from shopbridge.reconciliation.order import Order
from shopbridge.reconciliation.reconciling import reconcile
from shopbridge.reconciliation.report import Report, to_json
from shopbridge.station import trouble
from shopbridge.station.shift import Shift
from shopbridge.telemetry import NAMESPACE

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

logger = Logger()
metrics = Metrics(namespace=NAMESPACE)

SPREAD: Final = 900
"""Seconds over which stores are spread; no message can wait longer in SQS."""
AT_ONCE: Final = 10
"""Messages in a call; set by SQS."""


class NotPlanned(Unavailable):
    """SQS did not take some messages; the schedule's next try sends all again."""


@dataclass(frozen=True)
class Plan:
    """The scheduled function."""

    stores: Callable[[], Iterable[str]]
    sqs: Callable[[], "SQSClient"]
    queue: Callable[[], str]

    def __call__(self, event: Mapping[str, Any], context: object) -> dict[str, int]:
        """
        Send a message for each store, the first at once, the last a quarter of an hour later.

        Raises:
            NotPlanned: SQS refused some.
        """
        del event, context
        names = sorted(self.stores())
        for batch in _batches(names):
            answer = self.sqs().send_message_batch(QueueUrl=self.queue(), Entries=batch)
            if failed := answer.get("Failed"):
                raise NotPlanned(f"SQS refused {len(failed)} messages")
        logger.info("planned", extra={"stores": len(names)})
        return {"stores": len(names)}


def _batches(names: Sequence[str]) -> Iterator[Any]:
    entries = [
        {
            "Id": str(number % AT_ONCE),
            "MessageBody": json.dumps({"store": name}),
            "DelaySeconds": number * SPREAD // len(names),
        }
        for number, name in enumerate(names)
    ]
    return (entries[start : start + AT_ONCE] for start in range(0, len(entries), AT_ONCE))


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for: by the schedule a store alone, by an operator more."""

    store: str
    dry_run: bool = False
    since: datetime | None = None
    settled_seconds: int = 900
    """How old a change has to be: a newer one may still be on its way."""

    @property
    def order(self) -> Order:
        """Write it for the reconciliation."""
        settled = timedelta(seconds=self.settled_seconds)
        return Order(dry_run=self.dry_run, since=self.since, settled=settled)


@dataclass(frozen=True)
class Reconciliation:
    """The function that reconciles one store: of a message, or asked directly."""

    desk: Callable[[str, Callable[[], bool]], Desk | None]
    now: Callable[[], datetime]

    def __call__(self, event: Mapping[str, Any], context: object) -> dict[str, Any]:
        """
        Reconcile the store of each message; asked directly, return its report.

        Raises:
            Unavailable: asked directly, Shopify or AWS does not answer.
        """
        if "Records" not in event:
            report = self._reconciled(msgspec.convert(event, Asked), context)
            return to_json(report) if report else {"installed": False}
        failed = [one["messageId"] for one in event["Records"] if not self._taken(one, context)]
        return {"batchItemFailures": [{"itemIdentifier": one} for one in failed]}

    def _taken(self, record: Mapping[str, Any], context: object) -> bool:
        asked = msgspec.json.decode(record["body"], type=Asked)
        try:
            self._reconciled(asked, context)
        except Exception as exc:  # its message comes back; other stores have theirs
            trouble.tell("not reconciled", exc, shop=asked.store)
            return False
        return True

    def _reconciled(self, asked: Asked, context: object) -> Report | None:
        shift = Shift()
        shift.begin(self.now(), context)
        desk = self.desk(asked.store, lambda: shift.is_late(self.now()))
        if desk is None:
            logger.info("not installed", extra={"shop": asked.store})
            return None
        report = reconcile(desk, asked.order)
        _tell(report)
        return report


def _tell(report: Report) -> None:
    """One line a store; what somebody has to mend raises the alarm through its metric."""
    told: dict[str, Any] = {one.stream: one.findings for one in report.streams}
    told |= {"shop": report.store, "run": report.run, "dry_run": report.dry_run}
    logger.info("reconciled", extra={**told, "unmended": report.unmended})
    if report.unmended and not report.dry_run:
        metrics.add_metric(name="Unmended", unit="Count", value=report.unmended)
        metrics.flush_metrics()
