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
    wanted: dict[str, Any] = {"FilterExpression": Attr("refresh_token").exists()}
    while True:
        page = table.scan(**wanted)
        yield from (row.store(item) for item in page["Items"])
        if "LastEvaluatedKey" not in page:
            return
        wanted["ExclusiveStartKey"] = page["LastEvaluatedKey"]
