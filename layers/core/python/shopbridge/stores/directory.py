"""Lists stores: for schedules only, since it reads the whole table."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from boto3.dynamodb.conditions import Attr

from shopbridge import paged
from shopbridge.stores import row
from shopbridge.stores.store import Store

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


def refreshable(table: "Table") -> Iterator[Store]:
    """Yield every store that has a refresh token."""
    found = paged.scanned(table, FilterExpression=Attr("refresh_token").exists())
    return map(row.store, found)


def active(table: "Table") -> Iterator[str]:
    """Yield the name of every store that the app is installed in."""
    found = paged.scanned(
        table,
        FilterExpression=Attr("status").is_in(["installed", "enabled", "paused"]),
        ProjectionExpression="#store",
        ExpressionAttributeNames={"#store": "store"},
    )
    yield from (str(item["store"]) for item in found)
