"""Netcore fails, workers die: everything arrives, and what may be twice is counted."""

import os
import signal
from pathlib import Path

import pytest

from local.emulator import HERE
from tests.e2e.command import shopbridge
from tests.e2e.conftest import NewStore
from tests.e2e.netcore import Netcore
from tests.e2e.waiting import until

pytestmark = pytest.mark.e2e

PURCHASE = "Product Purchase"


def test_what_netcore_fails_on_for_a_while_arrives_later(
    installed: NewStore, netcore: Netcore
) -> None:
    """Five orders meet answers of 500 for three seconds; each arrives once."""
    store = installed("later")
    netcore.fault("status", store.handle, status=500, for_seconds=3)

    events = [store.send("orders/create", store.order()) for _ in range(5)]

    ends = [store.activity(event, "delivered") for event in events]
    assert netcore.struck() >= 1
    assert max(end.attempts for end in ends) > 1
    assert sum(end.ambiguous for end in ends) == 0
    assert netcore.names(store.handle) == [PURCHASE] * 5


def test_a_worker_killed_while_netcore_hangs_loses_nothing(
    installed: NewStore, netcore: Netcore
) -> None:
    """Its messages come back, and the resend is counted: the first send had no answer."""
    store = installed("killed")
    netcore.fault("hang", store.handle)
    events = [store.send("orders/create", store.order()) for _ in range(2)]
    until(netcore.struck, "a request that hangs")

    killed = kill("DeliveryActivities")
    netcore.mend()

    assert killed >= 1
    ends = [store.activity(event, "delivered", seconds=60) for event in events]
    report = shopbridge("report", "--store", store.name, "--since", "1h", "--json")
    resends = sum(end.ambiguous for end in ends)
    assert resends >= 1
    assert report.json["balanced"] is True
    assert report.json["commands"]["ambiguous_resends"] == resends
    assert netcore.names(store.handle) == [PURCHASE] * 2


def test_one_poisonous_item_does_not_hold_up_the_others(
    installed: NewStore, netcore: Netcore
) -> None:
    """It is parked with its content; once Netcore takes it, resuming delivers it."""
    store = installed("poison")
    netcore.fault("status", f"poison of {store.handle}", status=400)
    good = [store.send("orders/create", store.order()) for _ in range(3)]
    bad = store.send("orders/create", store.order(name=f"poison of {store.handle}"))
    for event in good:
        store.activity(event, "delivered")
    parked = store.activity(bad, "parked")

    shown = shopbridge("parked", "show", parked.id, "--store", store.name, "--json")
    netcore.mend()
    resumed = shopbridge("parked", "resume", parked.id, "--store", store.name, "--json")

    assert shown.json["what"] == "RecordActivity Product Purchase"
    assert shown.json["state"] == "parked"
    assert resumed.json["resumed"] == 1
    store.activity(bad, "delivered")
    assert netcore.names(store.handle) == [PURCHASE] * 4


def kill(function: str) -> int:
    """Kill every process of our emulator that runs `function`; return how many there were."""
    place = f"{HERE}/tmp/ministack-lambda-"
    killed = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode()
        except OSError:  # it has ended meanwhile
            continue
        if place in command and function in command:
            os.kill(int(process.name), signal.SIGKILL)
            killed += 1
    return killed
