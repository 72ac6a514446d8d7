"""Objects are put and got with the requests that botocore sends."""

import pytest

from shopbridge.aws.errors import AwsRejected
from tests.integration.aws.reference import (
    assert_same_place,
    assert_same_signature,
    botocore_request,
)
from tests.integration.aws.wire import Dialled, Socket, answer, aws

KEY = "parked/a.myshopify.com/2026-10-25/é ~+=&%2F.txt"


@pytest.mark.parametrize("endpoint_url", [None, "http://127.0.0.1:4610"])
def test_puts_as_botocore_does(endpoint_url: str | None) -> None:
    """An object goes to the bucket's host on AWS, and below the bucket's path elsewhere."""
    socket = Socket(answer(b""))
    reference = botocore_request(
        "s3",
        "put_object",
        endpoint_url,
        Bucket="kept-bucket",
        Key=KEY,
        Body=b"\x00body",
        ContentType="text/plain",
        Metadata={"topic": "orders/create"},
    )

    aws(Dialled(socket), AWS_ENDPOINT_URL=endpoint_url or "").s3.put_object(
        "kept-bucket",
        KEY,
        b"\x00body",
        content_type="text/plain",
        metadata={"topic": "orders/create"},
    )

    assert_same_place(socket.sent, reference)
    assert socket.sent.body == b"\x00body"
    assert_same_signature(reference, "s3")


def test_gets_as_botocore_does() -> None:
    """Reading an object is the same request, and gives its bytes."""
    socket = Socket(answer(b"\x00body"))
    reference = botocore_request("s3", "get_object", Bucket="kept-bucket", Key="claim/x y")

    body = aws(Dialled(socket)).s3.get_object("kept-bucket", "claim/x y")

    assert body == b"\x00body"
    assert_same_place(socket.sent, reference)
    assert_same_signature(reference, "s3")


def test_buckets_have_their_own_hosts() -> None:
    """Two buckets mean two connections, each kept for its bucket."""
    dialled = Dialled(Socket(*[answer()] * 2), Socket(answer()))
    s3 = aws(dialled).s3

    for bucket in ("one", "two", "one"):
        s3.get_object(bucket, "key")

    assert [host for _, host, _ in dialled.calls] == [
        "one.s3.ap-south-1.amazonaws.com",
        "two.s3.ap-south-1.amazonaws.com",
    ]


def test_missing_object_is_rejected() -> None:
    """The XML error of S3 becomes a code."""
    body = b"<?xml version='1.0'?>\n<Error><Code>NoSuchKey</Code><Message>No.</Message></Error>"
    s3 = aws(Dialled(Socket(answer(body, 404)))).s3

    with pytest.raises(AwsRejected) as rejected:
        s3.get_object("bucket", "gone")

    assert (rejected.value.code, rejected.value.message) == ("NoSuchKey", "No.")


def test_metadata_is_ascii() -> None:
    """Metadata that S3 would garble never leaves."""
    s3 = aws(Dialled()).s3

    with pytest.raises(ValueError, match="metadata name is not ASCII"):
        s3.put_object("b", "k", b"", content_type="text/plain", metadata={"name": "é"})
