"""
How a call to AWS can fail.

* Unavailable
  - AwsUnavailable        no connection, or no answer in time
    + AwsConnectionLost   the connection broke; was tried a second time
    + AwsBusy             5xx or throttled; was tried a second time
    + AwsDenied           our credentials, permissions or keys are wrong, not the request
* Rejected
  - AwsRejected           4xx: this very request can never succeed
    + ConditionFailed     the row is not as the condition wants it; carries the row
"""

from typing import Any

from shopbridge.errors import Rejected, Unavailable


class AwsUnavailable(Unavailable):
    """AWS could not be reached or did not answer in time; it may have acted all the same."""


class AwsConnectionLost(AwsUnavailable):
    """The connection broke before the whole answer was read."""


class AwsBusy(AwsUnavailable):
    """AWS failed or throttled us."""


class AwsDenied(AwsUnavailable):
    """
    AWS refuses who asks, not what is asked.

    Expired credentials, a missing permission or a disabled key are mended by
    their owner; the same call then succeeds, so nothing is parked for it.
    """


class AwsRejected(Rejected):
    """AWS understood the request and will never do it; `answer` is the body it sent."""

    def __init__(self, code: str, message: str, *, service: str = "", answer: bytes = b"") -> None:
        super().__init__(f"{service or 'AWS'} rejected the request: {code}: {message}")
        self.code = code
        self.message = message
        self.answer = answer


class ConditionFailed(AwsRejected):
    """A conditional write found another row than it wanted: `item`, None if there is none."""

    def __init__(self, item: dict[str, Any] | None) -> None:
        super().__init__(
            "ConditionalCheckFailedException", "the condition is false", service="dynamodb"
        )
        self.item = item
