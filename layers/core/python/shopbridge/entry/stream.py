"""The shell of functions that count what changes in a table, from its stream."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Protocol

from boto3.dynamodb.types import TypeDeserializer

from shopbridge.tallies import Change

ONLY_SHARD: Final = "only"
"""Stands for the shard where a stream has one and names none, as an emulator's."""

_plain = TypeDeserializer().deserialize


class Counts(Protocol):
    """Adds up what changed."""

    def apply(self, shard: str, changes: Sequence[Change], now: datetime) -> int:
        """Count `changes` of one shard, in their order; return how many counters moved."""


@dataclass(frozen=True)
class Stream:
    """What Lambda calls with a batch of one shard; `counters` is built once, lazily."""

    counters: Callable[[], Counts]

    def __call__(self, event: dict[str, Any], context: object) -> dict[str, Any]:
        """
        Count one batch; a failure brings the batch again.

        Lambda names the shard only to functions with a tumbling window, and wants a
        `state` back from those; nothing is kept in it.
        """
        changes = [_change(record["dynamodb"]) for record in event.get("Records", [])]
        self.counters().apply(event.get("shardId", ONLY_SHARD), changes, datetime.now(UTC))
        return {"state": {}, "batchItemFailures": []}


def _change(record: dict[str, Any]) -> Change:
    at = record.get("ApproximateCreationDateTime")
    return Change(
        sequence=record["SequenceNumber"],
        old=_row(record.get("OldImage")),
        new=_row(record.get("NewImage")),
        at=None if at is None else datetime.fromtimestamp(float(at), UTC),
    )


def _row(image: dict[str, Any] | None) -> dict[str, Any] | None:
    return {name: _plain(value) for name, value in image.items()} if image else None
