"""Conditional writes through boto3: a condition that does not hold is an answer, no error."""

from collections.abc import Callable

from botocore.exceptions import ClientError


def written(write: Callable[[], object]) -> bool:
    """Run a conditional write; False where the row was not as its condition wants it."""
    try:
        write()
    except ClientError as exc:
        if exc.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        return False
    return True
