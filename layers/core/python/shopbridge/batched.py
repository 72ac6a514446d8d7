"""Reads and writes many rows of a table at once."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from shopbridge.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

AT_ONCE: Final = 100
"""Rows in a read; set by DynamoDB."""

PUT_AT_ONCE: Final = 25
"""Rows in a write; set by DynamoDB."""


def rows(table: "Table", keys: Iterable[Mapping[str, str]]) -> Iterator[Mapping[str, Any]]:
    """
    Yield those rows of `keys` that there are, in no order.

    Raises:
        Unavailable: DynamoDB does not return all.
    """
    asked = [dict(key) for key in keys]
    for start in range(0, len(asked), AT_ONCE):
        left: Any = asked[start : start + AT_ONCE]
        while left:
            wanted: Any = {table.name: {"Keys": left, "ConsistentRead": True}}
            answer: Any = table.meta.client.batch_get_item(RequestItems=wanted)
            yield from answer["Responses"].get(table.name, ())
            missed = answer.get("UnprocessedKeys", {}).get(table.name, {}).get("Keys", [])
            if len(missed) == len(left):
                raise Unavailable("DynamoDB returns no rows now")
            left = missed


def put(table: "Table", rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """
    Write rows over whatever was there, and yield each that is written, in no order.

    Raises:
        Unavailable: DynamoDB takes no more of them now.
    """
    asked = [dict(row) for row in rows]
    for start in range(0, len(asked), PUT_AT_ONCE):
        left = asked[start : start + PUT_AT_ONCE]
        while left:
            requests: Any = [{"PutRequest": {"Item": row}} for row in left]
            answer: Any = table.meta.client.batch_write_item(RequestItems={table.name: requests})
            refused = answer.get("UnprocessedItems", {}).get(table.name, [])
            missed = [request["PutRequest"]["Item"] for request in refused]
            yield from (row for row in left if row not in missed)
            if len(missed) == len(left):
                raise Unavailable("DynamoDB writes no rows now")
            left = missed
