"""What all tests of reconciliation share."""

from collections.abc import Callable, Iterator

import pytest

from tests.integration.pipeline.cloud import Cloud, started
from tests.integration.pipeline.conftest import CANARY
from tests.integration.reconciliation.missed import Missed


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    """An AWS account with our parts in it; each test brings stores of its own."""
    with started() as cloud:
        yield cloud


Opened = Callable[..., Missed]


@pytest.fixture
def opened(
    cloud: Cloud, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> Iterator[Opened]:
    """Opens stores; whatever was logged or reported must not quote any content."""
    stores: list[Missed] = []

    def opens(**how: object) -> Missed:
        stores.append(Missed(cloud, **how))  # type: ignore[arg-type]  # handed on as given
        return stores[-1]

    yield opens
    logged = [repr(vars(record)) for record in caplog.get_records("call")]
    written = [text.decode() for store in stores for text in store.written().values()]
    lines = [*logged, capsys.readouterr().out, *written]
    assert [line for line in lines if CANARY in line.lower()] == []
