"""Lists stores: for schedules only, since it reads the whole table."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.conditions import Attr

from shopbridge.stores import row
from shopbridge.stores.store import Store

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


def refreshable(table: "Table") -> Iterator[Store]:
    """Yield every store that has a refresh token."""
    wanted = {"FilterExpression": Attr("refresh_token").exists()}
    yield from (row.store(item) for item in _scanned(table, wanted))


def active(table: "Table") -> Iterator[str]:
    """Yield the name of every store that the app is installed in."""
    wanted: dict[str, Any] = {
        "FilterExpression": Attr("status").is_in(["installed", "enabled", "paused"]),
        "ProjectionExpression": "#store",
        "ExpressionAttributeNames": {"#store": "store"},
    }
    yield from (str(item["store"]) for item in _scanned(table, wanted))


def _scanned(table: "Table", wanted: dict[str, Any]) -> Iterator[dict[str, Any]]:
    while True:
        page = table.scan(**wanted)
        yield from page["Items"]
        if "LastEvaluatedKey" not in page:
            return
        wanted["ExclusiveStartKey"] = page["LastEvaluatedKey"]
