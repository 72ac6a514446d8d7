"""Failures of AWS, as boto3 reports them, that pass by themselves or that their owner mends."""

from http import HTTPStatus

from botocore.exceptions import BotoCoreError, ClientError

from shopbridge.aws.failures import BUSY, DENIED

AWS_FAILURES = (BotoCoreError, ClientError)
"""Everything that a call through boto3 raises."""


def is_passing(exc: BaseException) -> bool:
    """Whether the same call may succeed later: no answer, 5xx, throttled, or not allowed yet."""
    if not isinstance(exc, ClientError):
        return isinstance(exc, BotoCoreError)
    code = exc.response.get("Error", {}).get("Code", "")
    status = exc.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return (
        status >= HTTPStatus.INTERNAL_SERVER_ERROR
        or status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)
        or code in BUSY | DENIED
        or "Throttl" in code
        or code.startswith("KMS")
    )
