"""
Empties dead-letter queues: content is kept, the row says `failed`, the alarm rings.

Nothing is sent from here; `shopbridge parked resume` does that once the cause is mended.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from aws_lambda_powertools import Logger, Metrics

from shopbridge import kept, reasons
from shopbridge.archive.writer import Archive, ArchiveUnavailable
from shopbridge.commands import kind
from shopbridge.errors import Unavailable
from shopbridge.lanes import KINDS
from shopbridge.ledger.failed import FailedDeliveries
from shopbridge.message import Message, write
from shopbridge.parked.remains import Commands, Delivery, identified
from shopbridge.station.station import Station
from shopbridge.telemetry import NAMESPACE
from shopbridge.work import Ended, Item, Later

logger = Logger()
metrics = Metrics(namespace=NAMESPACE)

ARCHIVE = "archive"


class NotPutAway(Unavailable):
    """The ledger or the bucket did not take it; it stays where it is."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message of a dead-letter queue."""

    message_id: str
    body: str
    lane: str = ""
    """Lane whose dead-letter queue it lay in; empty for those of rules and functions."""
    receives: int = 1


@dataclass(frozen=True, slots=True)
class Services:
    """What is needed to put a dead letter away."""

    station: Station
    deliveries: FailedDeliveries
    archive: Archive
    lanes: Mapping[str, str]
    """ARN of a dead-letter queue to its lane, `-history` included."""

    def put_away(self, letter: Letter) -> None:
        """
        Keep what `letter` holds and write down that it failed.

        Raises:
            Unavailable: AWS does not take it, or a delivery still cannot be archived.
        """
        match identified(letter.body, letter.message_id, self.station.now()):
            case Commands(text, message):
                self._commands(letter, text, message)
            case Delivery(message, reason):
                self._delivery(message, reason, write(message.head, message.body).encode())
            case unreadable:
                self._delivery(unreadable.message, reasons.UNREADABLE, unreadable.message.body)

    def _commands(self, letter: Letter, text: str, message: Message) -> None:
        lane = letter.lane.removesuffix("-history")
        if lane == ARCHIVE:
            failed = self.archive.add({letter.message_id: text})
            if failed:
                raise ArchiveUnavailable(failed[letter.message_id])
            return
        head = message.head
        for number, command in zip(head.numbers, head.commands, strict=True):
            if kind(command) in KINDS.get(lane, (kind(command),)):
                item = Item(head, number, command, letter.message_id, letter.receives)
                result = self.station.record(item, Ended("failed", reasons.GAVE_UP))
                if isinstance(result, Later):
                    raise NotPutAway(result.reason)

    def _delivery(self, message: Message, reason: str, content: bytes) -> None:
        now = self.station.now()
        key = kept.parked_key(message.head, now)
        self.station.s3.put_object(
            Bucket=self.station.bucket, Key=key, Body=content, ContentType=kept.MESSAGE
        )
        if self.deliveries.write(message, reason, key, now):
            _report(message, reason)


def _report(message: Message, reason: str) -> None:
    head = message.head
    keys = {"topic": head.topic, "shop": head.store, "event_id": head.event_id}
    logger.warning("failed", extra={**keys, "reason": reason})
    metrics.add_metric(name="Failed", unit="Count", value=1)
    metrics.flush_metrics()
