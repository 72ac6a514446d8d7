"""Conditional writes through boto3: a condition that does not hold is an answer, no error."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from shopbridge.errors import Unavailable

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


def deleted_while(
    check: Mapping[str, Any], table: "Table", keys: Iterable[Mapping[str, Any]]
) -> bool:
    """
    Delete up to 99 rows of `table` if `check` holds for another row; False: nothing is deleted.

    Raises:
        Unavailable: somebody else is at one of these rows right now.
    """
    deletes = [{"Delete": {"TableName": table.name, "Key": key}} for key in keys]
    requests: Any = [{"ConditionCheck": check}, *deletes]
    try:
        table.meta.client.transact_write_items(TransactItems=requests)
    except table.meta.client.exceptions.TransactionCanceledException as exc:
        codes = [reason.get("Code") for reason in exc.response.get("CancellationReasons", [])]
        if codes[:1] == ["ConditionalCheckFailed"]:
            return False
        raise Unavailable("DynamoDB cancels the deletion now") from exc
    return True
