"""A parameter is read with the request that botocore sends."""

import msgspec
import pytest

from shopbridge.aws.errors import AwsRejected
from tests.integration.aws.reference import (
    assert_same_place,
    assert_same_signature,
    botocore_request,
)
from tests.integration.aws.wire import Dialled, Socket, answer, aws

NAME = "/shopbridge/local/client-secrets"


def test_reads_as_botocore_does() -> None:
    """The decrypted value comes back."""
    socket = Socket(answer(b'{"Parameter":{"Name":"n","Value":"[\\"s\\"]","Version":1}}'))
    reference = botocore_request("ssm", "get_parameter", Name=NAME, WithDecryption=True)

    value = aws(Dialled(socket)).ssm.get_parameter(NAME)

    assert value == '["s"]'
    assert_same_place(socket.sent, reference)
    assert msgspec.json.decode(socket.sent.body) == msgspec.json.decode(reference.body)
    assert_same_signature(reference, "ssm")


def test_missing_parameter_is_rejected() -> None:
    """SSM says no more than the type of its error."""
    ssm = aws(Dialled(Socket(answer(b'{"__type":"ParameterNotFound"}', 400)))).ssm

    with pytest.raises(AwsRejected) as rejected:
        ssm.get_parameter(NAME)

    assert rejected.value.code == "ParameterNotFound"
