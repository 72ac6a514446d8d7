"""Over a real socket, the Netcore simulator breaks connections as a network does."""

import logging
import socket
import threading
from collections.abc import Iterator

import httpx
import pytest
import uvicorn

from local.netcore.app import create_app
from local.netcore.connection import BreakableProtocol, Server
from tests.local.netcore_panel import ACTIVITY, BEARER


@pytest.fixture
def http(caplog: pytest.LogCaptureFixture) -> Iterator[httpx.Client]:
    """A client of a simulator that serves a free port from another thread."""
    app = create_app()
    config = uvicorn.Config(
        app,
        http=BreakableProtocol,
        lifespan="off",
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=1,
    )
    server = Server(config, app.state.let_go)
    with socket.create_server(("127.0.0.1", 0)) as listening:  # queues whoever is early
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        base = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with httpx.Client(base_url=base, trust_env=False) as client:
            yield client
        server.should_exit = True
        thread.join()
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def _upload(http: httpx.Client, timeout: float = 5) -> httpx.Response:
    return http.post("/v1/activity/upload", json=[ACTIVITY], headers=BEARER, timeout=timeout)


def _kept(http: httpx.Client) -> int:
    activities: int = http.get("/_health").json()["received"]["activities"]
    return activities


@pytest.mark.parametrize(("fault", "kept"), [("reset_before", 0), ("reset_after_apply", 1)])
def test_client_sees_a_reset(http: httpx.Client, fault: str, kept: int) -> None:
    """The connection is reset, before or after the request was applied."""
    http.post("/_faults", json={"do": fault})

    with pytest.raises(httpx.ReadError, match="reset by peer"):
        _upload(http)

    assert _kept(http) == kept


def test_client_sees_half_an_answer(http: httpx.Client) -> None:
    """The head promises more than comes."""
    http.post("/_faults", json={"do": "truncate"})

    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        _upload(http)

    assert _kept(http) == 1


def test_hanging_request_is_let_go_when_faults_are_cleared(http: httpx.Client) -> None:
    """Whoever still waits sees a reset; nothing was applied."""
    http.post("/_faults", json={"do": "hang"})
    seen: list[Exception] = []
    waiting = threading.Thread(target=lambda: seen.append(_failure(http)))
    waiting.start()
    assert any(http.get("/_faults").json()["faults"][0]["struck"] for _ in range(1000))

    http.delete("/_faults")

    waiting.join()
    assert [type(each) for each in seen] == [httpx.ReadError]
    assert _kept(http) == 0


def test_client_may_leave_a_hanging_request(http: httpx.Client) -> None:
    """The simulator goes on serving, and ends in time with the request forgotten."""
    http.post("/_faults", json={"do": "hang"})

    with pytest.raises(httpx.ReadTimeout):
        _upload(http, timeout=0.05)

    assert _upload(http).status_code == 200


def _failure(http: httpx.Client) -> Exception:
    with pytest.raises(httpx.TransportError) as caught:
        _upload(http, timeout=30)
    return caught.value
