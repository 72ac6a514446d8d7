"""Reads many rows of a table at once."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from shopbridge.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

AT_ONCE: Final = 100
"""Rows in a call; set by DynamoDB."""


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
