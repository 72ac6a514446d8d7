"""The client is built from what Lambda sets, and brings along nothing heavy."""

import subprocess
import sys

import pytest

from shopbridge.aws.client import Aws
from tests.integration.aws.wire import ENVIRON, Dialled, Socket, answer, aws

HEAVY = {"asyncio", "boto3", "botocore", "httpx", "json", "logging", "pathlib", "pydantic"}
HEAVY |= {"requests", "shutil", "subprocess", "tempfile", "urllib.parse", "urllib3"}
HEAVY |= {"dataclasses", "email", "http.client"}


@pytest.mark.parametrize("name", ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
def test_missing_variable_is_named(name: str) -> None:
    """Without one of the variables that Lambda sets there is no client."""
    with pytest.raises(KeyError, match=name):
        Aws.from_environment({**ENVIRON, name: ""})


def test_default_region_will_do() -> None:
    """Outside Lambda the other spelling of the region is common."""
    dialled = Dialled(Socket(answer()))
    client = aws(dialled, AWS_REGION="", AWS_DEFAULT_REGION="eu-west-1")

    client.dynamodb.get_item("t", {"k": "v"})

    assert dialled.calls == [(True, "dynamodb.eu-west-1.amazonaws.com", 0.5)]


def test_endpoint_replaces_all_hosts_by_one_connection() -> None:
    """On an emulator all services share an address, and therefore a connection."""
    dialled = Dialled(Socket(answer(), answer(b'{"Parameter":{"Value":""}}'), answer(), answer()))
    client = aws(dialled, AWS_ENDPOINT_URL="http://127.0.0.1:4610/")

    client.dynamodb.get_item("t", {"k": "v"})
    client.ssm.get_parameter("/p")
    client.sns.publish("arn", "text", {}, "group")
    client.s3.get_object("b", "k")

    assert dialled.calls == [(False, "127.0.0.1:4610", 0.5)]


def test_building_connects_to_nobody() -> None:
    """The first call connects, not the constructor: start-up stays free of waiting."""
    dialled = Dialled()

    aws(dialled)

    assert dialled.calls == []


def test_imports_stay_light() -> None:
    """A fresh process that builds the client has loaded none of the heavy modules."""
    program = (
        "import sys; from shopbridge.aws.client import Aws;"
        f" Aws.from_environment({ENVIRON!r}); print(*sys.modules)"
    )

    loaded = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}; {program}"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split()

    assert "shopbridge.aws.client" in loaded
    assert HEAVY.isdisjoint(loaded)
