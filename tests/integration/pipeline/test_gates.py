"""What may be sent for a store is decided by how it was when something happened."""

from datetime import timedelta
from typing import Any

import pytest

from shopbridge.stores.settings import Settings
from shopbridge.stores.store import Status
from tests.integration.pipeline import sent
from tests.integration.pipeline.arrived import outcomes, publish, reasons, sends
from tests.integration.pipeline.system import SETTINGS, System

OFF = SETTINGS.model_copy(update={"events": {"Product Purchase": False}})


def save(system: System, settings: Settings) -> None:
    """Let the merchant save settings now."""
    system.repository().save(system.store(), settings, system.clock.now())


def deliver(system: System, function: Any, number: int, happened: timedelta) -> None:
    """Deliver an order that was made `happened` before now."""
    at = (system.clock.now() - happened).isoformat()
    body = sent.order(number, created_at=at)
    function(sent.https(system.name, body, f"e-{number}", triggered_at=at), None)


def made(system: System, number: int) -> str:
    """Return what ingest wrote about the first command of an order."""
    rows = (row for row in system.rows(f"e-{number}").values() if "commands" in row)
    return str(next(rows)["commands"][0])


@pytest.mark.parametrize(("status", "reason"), [("installed", "not enabled"), ("paused", "paused")])
def test_store_that_may_not_send_has_its_work_parked(
    system: System, status: Status, reason: str
) -> None:
    """Nothing is sent before the store is enabled, nor while it is paused; then it is."""
    system.repository().set_status(system.store(), status)
    publish(system, 1001)
    system.lane.settle(system.worker())
    parked = (outcomes(system, 1001), reasons(system, 1001), sends(system))

    system.repository().set_status(system.store(), "enabled")
    system.lane.put(text.decode() for text in system.cloud.kept(f"parked/{system.name}").values())
    system.lane.settle(system.worker())

    assert parked == (["parked"], [reason], {})
    assert (outcomes(system, 1001), sends(system)) == (["delivered"], {"5001001": 1})


def test_uninstalled_store_gets_nothing(system: System) -> None:
    """What is still on its way when a store leaves is dropped."""
    publish(system, 1001)
    system.repository().set_status(system.store(), "uninstalled")

    system.lane.settle(system.worker())

    assert (outcomes(system, 1001), sends(system)) == (["superseded"], {})


def test_work_of_an_earlier_install_is_dropped(system: System) -> None:
    """Invariant 10: what was triggered before the new install never reaches Netcore."""
    publish(system, 1001)
    system.clock.sleep(60)
    store = system.repository().install(system.clock.now())
    system.repository().set_status(store, "enabled")

    system.lane.settle(system.worker())

    assert outcomes(system, 1001) == ["superseded"]
    assert reasons(system, 1001) == ["before this install"]
    assert sends(system) == {}


def test_event_that_is_off_is_not_sent(system: System) -> None:
    """Ingest itself says `disabled`; only the refresh of the customer is on its way."""
    save(system, OFF)

    deliver(system, system.function(), 1001, timedelta(0))

    system.pull()
    assert made(system, 1001) == "RecordActivity|Product Purchase|disabled"
    assert system.lane.messages == []


def test_event_switched_off_within_the_cached_half_minute(system: System) -> None:
    """A warm function still believes it is on: the worker, who reads anew, does not send."""
    function = system.function()
    deliver(system, function, 1001, timedelta(0))
    system.clock.sleep(5)
    save(system, OFF)
    system.clock.sleep(5)

    deliver(system, function, 1002, timedelta(0))

    system.pull()
    system.lane.settle(system.worker())
    assert made(system, 1002) == "RecordActivity|Product Purchase|"
    assert outcomes(system, 1001, 1002) == ["delivered", "disabled"]
    assert sends(system) == {"5001001": 1}


def test_event_switched_on_within_the_cached_half_minute(system: System) -> None:
    """A warm function still believes it is off: it asks again before it says so for good."""
    save(system, OFF)
    function = system.function()
    deliver(system, function, 1001, timedelta(0))
    system.clock.sleep(5)
    save(system, SETTINGS)
    system.clock.sleep(5)

    deliver(system, function, 1002, timedelta(0))

    system.pull()
    system.lane.settle(system.worker())
    assert made(system, 1001) == "RecordActivity|Product Purchase|disabled"
    assert outcomes(system, 1002) == ["delivered"]
    assert sends(system) == {"5001002": 1}


def test_what_happened_while_off_stays_unsent(system: System) -> None:
    """Invariant 12: late deliveries and replays after switching on again send nothing."""
    save(system, OFF)
    system.clock.sleep(60)
    save(system, SETTINGS)
    system.clock.sleep(60)
    event = sent.https(
        system.name,
        sent.order(1001, created_at=(system.clock.now() - timedelta(seconds=90)).isoformat()),
        "e-1001",
    )
    function = system.function()

    function(event, None)
    function(sent.replay(event, system.clock), None)

    system.pull()
    assert system.lane.messages == []
    assert made(system, 1001) == "RecordActivity|Product Purchase|disabled"


def test_what_happened_while_on_is_sent_although_it_is_off_now(system: System) -> None:
    """Switching off is not retroactive: what was on its way arrives."""
    publish(system, 1001)
    system.clock.sleep(60)
    save(system, OFF)

    system.lane.settle(system.worker())

    assert (outcomes(system, 1001), sends(system)) == (["delivered"], {"5001001": 1})


def test_store_that_installs_after_its_first_webhook(system: System) -> None:
    """An unknown store is asked for every time: its next delivery is no longer parked."""
    function = system.function()
    late = System(system.cloud, status=None)
    function(sent.https(late.name, sent.order(1001), "e-1001"), None)
    late.install("enabled")

    function(sent.https(late.name, sent.order(1002), "e-1002"), None)

    (first,) = late.rows("e-1001").values()
    (second,) = late.rows("e-1002").values()
    assert (first["state"], second["state"]) == ("parked", "published")
