"""What an answer that is not 2xx means."""

from typing import Any

import msgspec

from shopbridge.aws.answer import Answer
from shopbridge.aws.errors import AwsBusy, AwsDenied, AwsRejected, AwsUnavailable

BUSY = frozenset(
    {
        "BandwidthLimitExceeded",
        "LimitExceededException",
        "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestTimeout",
        "RequestTimeoutException",
        "SlowDown",
        "TooManyRequestsException",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)
"""Codes that AWS also sends with a 4xx status; every code with `Throttl` in it is one too."""

DENIED = frozenset(
    {
        "AccessDeniedException",
        "ExpiredToken",
        "ExpiredTokenException",
        "IncompleteSignatureException",
        "InvalidSignatureException",
        "MissingAuthenticationTokenException",
        "UnrecognizedClientException",
    }
)
"""Codes that come with 400; those that come with 401 or 403 need no list."""

SERVER_ERROR = 500
UNAUTHORIZED = (401, 403)
THROTTLED = 429


def failure(service: str, answer: Answer) -> AwsUnavailable | AwsRejected:
    """Return the error that an answer with a status of 300 or more stands for."""
    code, message = _reason(answer)
    name = f"{service}: {answer.status} {code}"
    if (
        answer.status >= SERVER_ERROR
        or answer.status == THROTTLED
        or code in BUSY
        or "Throttl" in code
    ):
        return AwsBusy(name)
    if answer.status in UNAUTHORIZED or code in DENIED or code.startswith("KMS"):
        return AwsDenied(name)
    return AwsRejected(code, message, service=service, answer=answer.body)


def element(body: bytes, name: str) -> str:
    """Return the text of the first XML element `name`, empty where there is none."""
    text = body.decode("utf-8", "replace")
    return text.partition(f"<{name}>")[2].partition(f"</{name}>")[0]


def _reason(answer: Answer) -> tuple[str, str]:
    unknown = f"Http{answer.status}"
    if not answer.body.lstrip().startswith(b"{"):
        return element(answer.body, "Code") or unknown, element(answer.body, "Message")
    try:
        said: dict[str, Any] = msgspec.json.decode(answer.body)
    except ValueError:
        return unknown, ""
    code = str(said.get("__type") or said.get("code") or unknown)
    message = said.get("message") or said.get("Message") or ""
    return code.rpartition("#")[2].partition(":")[0], str(message)
