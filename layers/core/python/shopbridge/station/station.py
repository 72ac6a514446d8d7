"""What every worker needs from AWS: stores, ledger, kept content, visibility."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from shopbridge import kept
from shopbridge.commands import kind
from shopbridge.errors import Unavailable
from shopbridge.ledger.outcomes import Outcomes
from shopbridge.message import write
from shopbridge.outcome import OPEN, WAITING
from shopbridge.passing import AWS_FAILURES
from shopbridge.station import trouble
from shopbridge.station.shift import Shift
from shopbridge.stores.repository import StoreRepository
from shopbridge.telemetry import NAMESPACE
from shopbridge.work import Ended, Item, Later, Result

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient

logger = Logger()
metrics = Metrics(namespace=NAMESPACE)


class Forgotten(Protocol):
    """Who of one store was to be forgotten."""

    def stopped(self, items: Sequence[Item[Any]], country: str) -> list[bool]:
        """Say for each of `items` whether it is about somebody of these."""


@dataclass(frozen=True, slots=True)
class Station:
    """Hands out stores and takes down results; `now` is the clock."""

    stores: Callable[[str], StoreRepository]
    outcomes: Outcomes
    s3: "S3Client"
    bucket: str
    sqs: "SQSClient"
    now: Callable[[], datetime]
    shift: Shift = field(default_factory=Shift)
    erased: Callable[[str], Forgotten] | None = None
    """Who was to be forgotten, by store; None for workers that send nothing about people."""

    def record(self, item: Item[Any], result: Result) -> Result:
        """
        Write how `item` ended; content of what is parked is kept first.

        Where that fails the command is tried again: its receipt, not its row, says
        whether it was carried out.
        """
        if not isinstance(result, Ended):
            logger.info("put off", extra=_keys(item, result))
            return result
        try:
            place = self._keep(item) if result.outcome in OPEN else ""
            self.outcomes.write(item, result, self.now(), place)
        except AWS_FAILURES as exc:
            trouble.tell("not recorded", exc, **_keys(item, result))
            return Later(f"its end cannot be recorded: {type(exc).__name__}")
        _log(item, result)
        return result

    def ended(self, items: Sequence[Item[Any]]) -> set[int]:
        """Say by their identity which items ended already; of none, where that is not known."""
        try:
            return self.outcomes.ended(items)
        except (Unavailable, *AWS_FAILURES) as exc:
            trouble.tell("carried out again", exc)
            return set()

    def rest(self, record: SQSRecord, seconds: float) -> None:
        """Hide the message for `seconds`; where that fails it comes back by itself, later."""
        try:
            self.sqs.change_message_visibility(
                QueueUrl=record.queue_url,
                ReceiptHandle=record.receipt_handle,
                VisibilityTimeout=round(seconds),
            )
        except AWS_FAILURES as exc:
            trouble.tell("not rested", exc)

    def _keep(self, item: Item[Any]) -> str:
        key = kept.parked_key(item.head, self.now(), item.number)
        head = msgspec.structs.replace(
            item.head, commands=(item.command,), numbers=(item.number,), body="plain", claim=""
        )
        self.s3.put_object(
            Bucket=self.bucket, Key=key, Body=write(head, b"").encode(), ContentType=kept.MESSAGE
        )
        return key


def _log(item: Item[Any], ended: Ended) -> None:
    """One line for each command; an open one raises the alarm through its metric."""
    logger.info(ended.outcome, extra=_keys(item, ended))
    if ended.outcome in OPEN:
        metrics.add_metric(name=ended.outcome.capitalize(), unit="Count", value=1)
        metrics.flush_metrics()


def _keys(item: Item[Any], result: Result) -> dict[str, str]:
    return {
        "topic": item.head.topic,
        "shop": item.head.store,
        "event_id": item.head.event_id,
        "kind": kind(item.command),
        "outcome": result.outcome if isinstance(result, Ended) else WAITING,
        "reason": result.reason,
    }
