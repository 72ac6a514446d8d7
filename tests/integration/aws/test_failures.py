"""What AWS says in an error decides who acts: nobody now, an operator, or never again."""

from typing import Any

import pytest
from botocore.retries import standard

from shopbridge.aws.answer import Answer
from shopbridge.aws.errors import AwsBusy, AwsDenied, AwsRejected
from shopbridge.aws.failures import failure
from shopbridge.errors import Rejected, Unavailable

BOTOCORE: Any = standard
SNS = """<ErrorResponse><Error><Type>Sender</Type><Code>{}</Code><Message>m</Message></Error>
<RequestId>r</RequestId></ErrorResponse>"""


def said(code: str, status: int = 400) -> Answer:
    """Return an answer in AWS's JSON protocol."""
    return Answer(status, f'{{"__type":"com.amazon#{code}:http://x/","message":"m"}}'.encode())


@pytest.mark.parametrize(
    "code",
    [
        *BOTOCORE.ThrottledRetryableChecker._THROTTLED_ERROR_CODES,
        *BOTOCORE.TransientRetryableChecker._TRANSIENT_ERROR_CODES,
        "KMSThrottlingException",
        "TransactionConflictException",
    ],
)
def test_all_that_botocore_repeats_is_worth_repeating(code: str) -> None:
    """Whatever botocore tries again, with whatever status, is a moment and no verdict."""
    assert type(failure("dynamodb", said(code))) is AwsBusy


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_status_alone_may_tell(status: int) -> None:
    """A proxy's page, an empty body and a broken one: the status counts."""
    for body in (b"", b"<html>no", b"{", b'{"message":null}'):
        error = failure("sns", Answer(status, body))

        assert isinstance(error, AwsBusy)
        assert str(error) == f"sns: {status} Http{status}"


@pytest.mark.parametrize(
    "answer",
    [
        said("ExpiredTokenException"),
        said("UnrecognizedClientException"),
        said("AccessDeniedException"),
        said("InvalidSignatureException"),
        Answer(403, SNS.format("AuthorizationError").encode()),
        Answer(400, SNS.format("KMSDisabled").encode()),
        Answer(400, b"<Error><Code>ExpiredToken</Code></Error>"),
        Answer(403, b""),
    ],
)
def test_refused_sender_is_not_the_requests_fault(answer: Answer) -> None:
    """Credentials, permissions and keys get mended: the delivery is tried again later."""
    error = failure("sns", answer)

    assert isinstance(error, AwsDenied)
    assert isinstance(error, Unavailable)


@pytest.mark.parametrize(
    ("answer", "code", "message"),
    [
        (said("ValidationException"), "ValidationException", "m"),
        (Answer(400, SNS.format("InvalidParameter").encode()), "InvalidParameter", "m"),
        (Answer(301, b"<Error><Code>PermanentRedirect</Code></Error>"), "PermanentRedirect", ""),
        (Answer(404, b""), "Http404", ""),
        (Answer(413, b"\xff\xfe"), "Http413", ""),
    ],
)
def test_refused_request_is_rejected(answer: Answer, code: str, message: str) -> None:
    """All else that is not 2xx can only fail again."""
    error = failure("sns", answer)

    assert isinstance(error, AwsRejected)
    assert isinstance(error, Rejected)
    assert (error.code, error.message, error.answer) == (code, message, answer.body)
