"""What all tests of installing share."""

from collections.abc import Iterator

import pytest

from tests.integration.install.merchant import Merchant
from tests.integration.pipeline.cloud import Cloud, started


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    """An AWS account with our parts in it; each test brings a store of its own."""
    with started() as cloud:
        yield cloud


@pytest.fixture
def merchant(
    cloud: Cloud, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> Iterator[Merchant]:
    """A merchant without the app; no token, secret or code may ever be logged."""
    yield Merchant(cloud)
    logged = [repr(vars(record)) for record in caplog.get_records("call")]
    lines = [*logged, capsys.readouterr().out]
    assert [line for line in lines if "cnry" in line] == []
