"""The two outsides of the demo, started for one run: the store and Netcore."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from benchmarks.places import ROOT
from local.store.planned import PlannedDelivery
from local.store.webhooks import CLIENT_SECRET

WITHIN = 60.0
"""Seconds a simulator may take to serve."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Where both simulators serve."""

    http: httpx.Client
    store_url: str
    netcore_url: str

    def stream(self, webhooks: int, seed: int) -> list[PlannedDelivery]:
        """Have the store plan the demo's stream."""
        answer = self.http.post(f"{self.store_url}/_stream", json={"n": webhooks, "seed": seed})
        answer.raise_for_status()
        return [PlannedDelivery.from_json(made) for made in answer.json()["deliveries"]]

    def advance(self, step: int) -> None:
        """Let happen in the store what the stream reports up to `step`."""
        self.http.post(f"{self.store_url}/_world", json={"advance": step}).raise_for_status()

    def received(self) -> dict[str, list[Any]]:
        """Return what Netcore got."""
        told: dict[str, list[Any]] = self.http.get(f"{self.netcore_url}/_received").json()
        return told


@contextmanager
def outside() -> Iterator[Outside]:
    """Start both, wait until they serve, and stop them at the end."""
    store, netcore = _free_port(), _free_port()
    started = [
        _start("local.store", store, "--client-secret", CLIENT_SECRET),
        _start("local.netcore", netcore),
    ]
    found = Outside(
        httpx.Client(timeout=30, trust_env=False),
        f"http://127.0.0.1:{store}",
        f"http://127.0.0.1:{netcore}",
    )
    try:
        _wait(found.http, [found.store_url, found.netcore_url])
        yield found
    finally:
        for process in started:
            process.terminate()
            process.wait()


def _start(module: str, port: int, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", module, "--port", str(port), *options],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def _wait(http: httpx.Client, urls: Sequence[str]) -> None:
    ends_at = time.monotonic() + WITHIN
    for url in urls:
        while True:
            try:
                http.get(f"{url}/_received").raise_for_status()
                break
            except httpx.TransportError:
                if time.monotonic() > ends_at:
                    raise
                time.sleep(0.1)
