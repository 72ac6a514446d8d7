"""Counts per hour, store and topic what the ledger's rows became, from the ledger's stream."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

import boto3
from boto3.dynamodb.types import TypeDeserializer

from shopbridge.entry.patience import PATIENCE
from shopbridge.environment import Environment
from shopbridge.ledger.counters import Change, Counters

ONLY_SHARD = "only"
"""Stands for the shard where a stream has one and names none, as an emulator's."""

_plain = TypeDeserializer().deserialize


@cache
def counters() -> Counters:
    """Build the counters once per warm function."""
    dynamodb = boto3.resource("dynamodb", config=PATIENCE)
    return Counters(dynamodb.Table(Environment()["LEDGER_TABLE"]))


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """
    Count one batch of the stream; a failure brings the batch again.

    Lambda names the shard only to functions with a tumbling window, and wants a
    `state` back from those; nothing is kept in it.
    """
    changes = [_change(record["dynamodb"]) for record in event.get("Records", [])]
    counters().apply(event.get("shardId", ONLY_SHARD), changes, datetime.now(UTC))
    return {"state": {}, "batchItemFailures": []}


def _change(record: dict[str, Any]) -> Change:
    return Change(
        sequence=record["SequenceNumber"],
        old=_row(record.get("OldImage")),
        new=_row(record.get("NewImage")),
    )


def _row(image: dict[str, Any] | None) -> dict[str, Any] | None:
    return {name: _plain(value) for name, value in image.items()} if image else None
