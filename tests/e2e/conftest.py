"""What every test against the running local system gets."""

import json
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE

import httpx
import pytest

from cli.deployment import Deployment, connect
from local import run
from local.run import Run
from tests.e2e.live_store import LiveStore
from tests.e2e.netcore import Netcore

SHOPBRIDGE = Path(sys.executable).with_name("shopbridge")

NewStore = Callable[[str], LiveStore]


@pytest.fixture(scope="session")
def system() -> Iterator[Run]:
    """The local system, up to date; stopped afterwards if it was not running before."""
    was_running = run.status() is not None
    started = subprocess.run([SHOPBRIDGE, "local", "up", "--json"], stdout=PIPE, check=True)
    yield Run(**json.loads(started.stdout))
    if not was_running:
        subprocess.run([SHOPBRIDGE, "local", "down"], check=True)


@pytest.fixture(scope="session")
def deployment(system: Run) -> Deployment:
    """What is deployed on it."""
    return connect(None)


@pytest.fixture(scope="session")
def http() -> Iterator[httpx.Client]:
    """One client for all that is asked over HTTP; proxies are none of its business."""
    with httpx.Client(timeout=30, trust_env=False) as client:
        yield client


@pytest.fixture
def netcore(http: httpx.Client, system: Run) -> Iterator[Netcore]:
    """The Netcore simulator; nothing goes wrong there before and after a test."""
    simulator = Netcore(http, system.netcore_url)
    simulator.mend()
    yield simulator
    simulator.mend()


@pytest.fixture
def unknown(system: Run, deployment: Deployment, http: httpx.Client) -> NewStore:
    """Names stores that nobody has installed, each new."""
    return lambda word: LiveStore(
        system, deployment, http, f"{word}-{secrets.token_hex(3)}.myshopify.com"
    )


@pytest.fixture
def installed(unknown: NewStore) -> NewStore:
    """Opens stores, each new, simulated, installed and enabled."""
    return lambda word: unknown(word).open()
