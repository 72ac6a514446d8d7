"""One function under Lambda's runtime interface emulator, from nothing to its first answer."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

INVOKE = "/2015-03-31/functions/function/invocations"
WITHIN = 30.0
"""Seconds to wait for the emulator, and for an answer."""


class Unanswered(Exception):
    """The function did not answer 200, so its time means nothing."""


@dataclass(frozen=True, slots=True)
class Start:
    """A cold start: seconds until the answer was there, and CPU seconds of the Python process."""

    seconds: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Function:
    """What the emulator runs: a handler, and the environment it finds itself in."""

    emulator: str
    handler: str
    environment: Mapping[str, str]


def cold_start(function: Function, event: bytes) -> Start:
    """
    Start `function`, send it one event, and stop it.

    The emulator starts Python at the first request, so its own start is not counted.

    Raises:
        Unanswered: the answer is not the handler's 200.
    """
    with _listening(function) as (process, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WITHIN)
        connection.connect()
        began = time.perf_counter()
        connection.request("POST", INVOKE, event, {"content-type": "application/json"})
        answer: Any = json.loads(connection.getresponse().read())
        seconds = time.perf_counter() - began
        connection.close()
        cpu = _cpu_of_child(process.pid)
    if not isinstance(answer, dict) or answer.get("statusCode") != http.HTTPStatus.OK:
        raise Unanswered(f"{function.handler}: {json.dumps(answer)[:1000]}")
    return Start(seconds, cpu)


@contextmanager
def _listening(function: Function) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port, api_port = _free_ports(2)
    python = Path(sys.executable).resolve()
    process = subprocess.Popen(
        [function.emulator, "--log-level", "error",
         "--runtime-interface-emulator-address", f"127.0.0.1:{port}",
         "--runtime-api-address", f"127.0.0.1:{api_port}",
         python, "-S", "-m", "awslambdaric", function.handler],
        env=dict(function.environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        _wait_for(port)
        yield process, port
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports: list[int] = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _wait_for(port: int) -> None:
    end = time.monotonic() + WITHIN
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            time.sleep(0.005)
        else:
            return
    raise Unanswered("the emulator did not start")


def _cpu_of_child(pid: int) -> float:
    """Sum the CPU time of the Python that the emulator started, over its threads."""
    (child,) = _children(pid)
    threads = Path(f"/proc/{child}/task").iterdir()
    return sum(int((each / "schedstat").read_text().split()[0]) for each in threads) / 1e9


def _children(pid: int) -> list[str]:
    """Find the children of all threads: a Go program starts processes from any of them."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return [child for each in threads for child in (each / "children").read_text().split()]
