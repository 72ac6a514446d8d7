"""What all tests of the historic sync share."""

from collections.abc import Callable, Iterator

import pytest

from tests.integration.historic_sync.bought import Bought
from tests.integration.historic_sync.history import History
from tests.integration.pipeline.cloud import Cloud, started
from tests.integration.pipeline.conftest import CANARY


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    """An AWS account with our parts in it; each test brings stores of its own."""
    with started() as cloud:
        yield cloud


Opened = Callable[..., History]
Buys = Callable[..., Bought]


@pytest.fixture
def opened(
    cloud: Cloud, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> Iterator[Opened]:
    """Opens stores with a past; whatever was logged must not quote any content."""
    yield lambda **how: History(cloud, **how)
    require_silence(caplog, capsys)


@pytest.fixture
def bought(
    cloud: Cloud, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> Iterator[Buys]:
    """Opens stores whose past has orders; whatever was logged must not quote any content."""
    yield lambda **how: Bought(cloud, **how)
    require_silence(caplog, capsys)


def require_silence(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> None:
    """Refuse any line that quotes content."""
    logged = [repr(vars(record)) for record in caplog.get_records("call")]
    lines = [*logged, capsys.readouterr().out]
    assert [line for line in lines if CANARY in line.lower()] == []
