"""What all tests of the way from a webhook to Netcore share."""

from collections.abc import Iterator

import pytest

from tests.integration.pipeline.cloud import Cloud, started
from tests.integration.pipeline.system import System

CANARY = "cnry"
"""Part of every name, address, phone, key and secret that these tests make up."""


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    """An AWS account with our parts in it; each test brings a store of its own."""
    with started() as cloud:
        yield cloud


@pytest.fixture
def system(
    cloud: Cloud, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> Iterator[System]:
    """An enabled store; whatever was logged must not quote any content."""
    system = System(cloud)
    yield system
    logged = [repr(vars(record)) for record in caplog.get_records("call")]
    lines = [*logged, *system.lines, capsys.readouterr().out]
    assert [line for line in lines if CANARY in line] == []
