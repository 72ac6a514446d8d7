"""Reads rows that DynamoDB hands out a page at a time, so that no reader stops after the first."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

Row = dict[str, Any]


def queried(table: "Table", condition: Any, **options: Any) -> Iterator[Row]:
    """Yield the rows whose keys fit `condition`, in the order of their sort key; a page at need."""
    return _pages(table.query, {"KeyConditionExpression": condition, **options})


def scanned(table: "Table", **options: Any) -> Iterator[Row]:
    """Yield all rows of a table that is small, in no order; a page at need."""
    return _pages(table.scan, options)


def _pages(read: Callable[..., Any], wanted: dict[str, Any]) -> Iterator[Row]:
    while True:
        page = read(**wanted)
        yield from page["Items"]
        if "LastEvaluatedKey" not in page:
            return
        wanted = {**wanted, "ExclusiveStartKey": page["LastEvaluatedKey"]}
