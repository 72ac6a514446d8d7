"""
How far each stream of a store has been reconciled: one row in the table of runs.

A mark is a moment: all that changed before it, in this install, was compared and mended.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from boto3.dynamodb.conditions import Attr

from shopbridge import times
from shopbridge.conditional import written

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

ROW = "reconciliation"


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """What is known from earlier reconciliations of one install."""

    epoch: int
    streams: Mapping[str, datetime] = {}
    report: str = ""
    """S3 key of the last report, without its ending."""
    version: int = 0


class MarksRow:
    """Marks of one store."""

    def __init__(self, table: "Table", store: str) -> None:
        self._table = table
        self._key = {"store": store, "run": ROW}

    def get(self, epoch: int) -> Marks:
        """Return the marks of this install; an earlier one's say nothing about it."""
        item: Any = self._table.get_item(Key=self._key, ConsistentRead=True).get("Item")
        if item is None:
            return Marks(epoch=epoch)
        version = int(item["version"])
        if int(item["epoch"]) != epoch:
            return Marks(epoch=epoch, version=version)
        streams = {name: times.parse(at) for name, at in item["streams"].items()}
        return Marks(epoch=epoch, streams=streams, report=item["report"], version=version)

    def save(self, before: Marks, **changes: Any) -> Marks:
        """
        Write the marks with `changes`, and return what is there then.

        Where somebody else reconciled meanwhile, theirs stay: less is marked than was done.
        """
        after = msgspec.structs.replace(before, **changes, version=before.version + 1)
        item: dict[str, Any] = {
            **self._key,
            "epoch": after.epoch,
            "streams": {name: times.text(at) for name, at in after.streams.items()},
            "report": after.report,
            "version": after.version,
        }
        is_same = Attr("version").not_exists() | Attr("version").eq(before.version)
        done = written(lambda: self._table.put_item(Item=item, ConditionExpression=is_same))
        return after if done else self.get(before.epoch)
