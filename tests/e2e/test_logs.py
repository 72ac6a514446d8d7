"""What the logs of a busy system hold: events and outcomes, and nothing about people."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from cli.deployment import Deployment
from local.demo.sending import Sender, distinct, surprises
from local.netcore.app import API_KEY
from local.places import LOCAL
from tests.e2e.command import shopbridge
from tests.e2e.conftest import NewStore
from tests.e2e.live_store import LiveStore
from tests.e2e.waiting import until

pytestmark = pytest.mark.e2e

DELIVERIES = 120
PER_SECOND = 20
SEED = 11


def test_a_realistic_stream_balances_and_leaves_no_personal_data_in_logs(
    installed: NewStore, deployment: Deployment, http: httpx.Client
) -> None:
    """Twice, forged, broken, reordered: answered as planned, accounted for, and not logged."""
    store = installed("stream")
    sender = Sender(replace(store.system, shop=store.name), http)
    stream = sender.foresee(DELIVERIES, SEED)

    sent = sender.send(stream, PER_SECOND, lambda done: None)

    own = [one for one in sent if one.planned.shop == store.name]
    report = until(lambda: _settled(store, distinct(own)), "a balanced report", seconds=60)
    logs = "\n".join(_logs(deployment))
    assert surprises(sent) == []
    assert report["balanced"] is True
    assert report["findings"] == []
    assert {one.planned.event_id for one in own if one.status == 200} <= set(_events(logs))
    assert [word for word in _canaries(store, http) if word in logs] == []


def _settled(store: LiveStore, expected: int) -> Any:
    """Return the report of the store, once all deliveries are in and nothing waits."""
    told = shopbridge("report", "--store", store.name, "--since", "1h", "--json").json
    is_over = told["deliveries"]["made"] == expected and not told["commands"]["waiting"]
    return told if is_over else None


def _logs(deployment: Deployment) -> Iterator[str]:
    """Yield every line that functions, simulators and emulator have logged."""
    logs = deployment.client("logs")
    for page in logs.get_paginator("describe_log_groups").paginate():
        for group in page["logGroups"]:
            name = group["logGroupName"]
            for events in logs.get_paginator("filter_log_events").paginate(logGroupName=name):
                yield from (event["message"] for event in events["events"])
    for log in (LOCAL / "run").glob("*.log"):
        yield log.read_text(errors="replace")


def _events(logs: str) -> Iterator[str]:
    """Yield every event id that a line names."""
    for part in logs.split('"event_id":"')[1:]:
        yield part[:36]


def _canaries(store: LiveStore, http: httpx.Client) -> Iterator[str]:
    """Yield every word about people that the simulated stores made up, and every secret."""
    yield API_KEY
    known = http.get(f"{store.system.store_url}/_canaries").raise_for_status().json()
    for kind in ("secrets", "emails", "names", "addresses", "recovery_keys", "status_keys"):
        yield from known[kind]
    yield from (phone.removeprefix("+") for phone in known["phones"])
