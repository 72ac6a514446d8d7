"""The local run keeps its contract with other tools."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from local.run import Run

pytestmark = pytest.mark.e2e

SHOPBRIDGE = Path(sys.executable).with_name("shopbridge")


def test_status_says_how_to_reach_everything(system: Run) -> None:
    """`status --json` prints the eight facts that other tools rely on."""
    done = subprocess.run(
        [SHOPBRIDGE, "local", "status", "--json"], capture_output=True, text=True, check=True
    )

    assert sorted(json.loads(done.stdout)) == [
        "api_url",
        "app_url",
        "aws_endpoint_url",
        "netcore_url",
        "region",
        "shop",
        "shopify_client_secret",
        "store_url",
    ]


def test_up_again_changes_nothing(system: Run) -> None:
    """A second `up` finds the system running and leaves it alone."""
    done = subprocess.run(
        [SHOPBRIDGE, "local", "up", "--json"], capture_output=True, text=True, check=True
    )

    assert done.stderr == ""
    assert Run(**json.loads(done.stdout)) == system


@pytest.mark.parametrize("simulator", ["store_url", "netcore_url"])
def test_simulators_show_what_reached_them(system: Run, simulator: str) -> None:
    """Both simulators answer `/_received` with JSON."""
    with urllib.request.urlopen(f"{getattr(system, simulator)}/_received", timeout=5) as answer:
        received = json.load(answer)

    assert isinstance(received, dict)
