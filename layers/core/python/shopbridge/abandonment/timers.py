"""The index of checkouts that wait, over all stores: whatever is due is found, however late."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.conditions import Key

from shopbridge import times
from shopbridge.abandonment.due import SHARDS
from shopbridge.abandonment.row import PREFIX

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

INDEX = "due"


@dataclass(frozen=True, slots=True)
class Found:
    """A checkout that the index shows; its row says whether it is so."""

    store: str
    token: str
    look_at: datetime


class Timers:
    """Only rows that wait are in the index, so nothing has to be remembered between two looks."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def due(self, until: datetime) -> Iterator[Found]:
        """Yield what is to be looked at by `until`, in each shard the oldest first."""
        for shard in SHARDS:
            wanted: Any = Key("due").eq(shard) & Key("look_at").lte(times.text(until))
            options: dict[str, Any] = {"IndexName": INDEX, "KeyConditionExpression": wanted}
            while True:
                page = self._table.query(**options)
                yield from map(_found, page["Items"])
                if "LastEvaluatedKey" not in page:
                    break
                options["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def _found(item: Any) -> Found:
    store = str(item["store_shard"]).rpartition("#")[0]
    token = str(item["row"]).removeprefix(PREFIX)
    return Found(store, token, times.parse(str(item["look_at"])))
