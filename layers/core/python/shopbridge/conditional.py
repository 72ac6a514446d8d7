"""Conditional writes through boto3: a condition that does not hold is an answer, no error."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_IN_THE_WAY = frozenset({"ConditionalCheckFailed", "TransactionConflict"})


def written(write: Callable[[], object]) -> bool:
    """Run a conditional write; False where the row was not as its condition wants it."""
    try:
        write()
    except ClientError as exc:
        if exc.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        return False
    return True


def written_with(table: "Table", update: Mapping[str, Any], beside: Mapping[str, Any]) -> bool:
    """Run a conditional `update` and put the row `beside` with it: both or, False, neither."""
    requests: Any = [
        {"Update": {"TableName": table.name, **update}},
        {"Put": {"TableName": table.name, "Item": beside}},
    ]
    try:
        table.meta.client.transact_write_items(TransactItems=requests)
    except ClientError as exc:
        reasons: Any = exc.response.get("CancellationReasons", [])
        if _IN_THE_WAY.isdisjoint(reason.get("Code") for reason in reasons):
            raise
        return False
    return True
