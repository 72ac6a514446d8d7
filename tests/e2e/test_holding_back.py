"""What must not be sent now waits, and goes on when it may; what was switched off never goes."""

import uuid
from datetime import UTC, datetime

import pytest

from local.netcore.app import API_KEY
from tests.e2e.command import shopbridge
from tests.e2e.conftest import NewStore
from tests.e2e.live_store import LiveStore
from tests.e2e.netcore import Netcore
from tests.e2e.waiting import until

pytestmark = pytest.mark.e2e

PURCHASE = "Product Purchase"


def test_a_wrong_key_parks_until_a_right_one_is_saved(
    installed: NewStore, netcore: Netcore
) -> None:
    """The circuit opens at the first refusal; saving the right key sends on all that waited."""
    store = installed("key")
    shopbridge("settings", "key", "--store", store.name, typed="not-the-key\n")
    first = store.send("orders/create", store.order())
    refused = store.activity(first, "parked")
    second = store.send("orders/create", store.order())
    store.activity(second, "parked")
    circuit = setting(store, "circuit")

    saved = shopbridge("settings", "key", "--store", store.name, "--json", typed=f"{API_KEY}\n")

    assert refused.reason == "netcore key refused"
    assert circuit == "netcore key refused"
    assert saved.json["still open"] == 0
    for event in (first, second):
        store.activity(event, "delivered")
    assert setting(store, "circuit") is None
    assert netcore.names(store.handle) == [PURCHASE] * 2


def test_what_comes_while_paused_goes_on_when_enabled(
    installed: NewStore, netcore: Netcore
) -> None:
    """Nothing reaches Netcore in between."""
    store = installed("paused")
    change(store, "status=paused")
    event = store.send("orders/create", store.order())
    parked = store.activity(event, "parked")
    before = netcore.names(store.handle)

    change(store, "status=enabled")

    assert parked.reason == "paused"
    assert before == []
    store.activity(event, "delivered")
    assert netcore.names(store.handle) == [PURCHASE]


def test_what_came_before_the_row_of_its_store_goes_on_once_installed(
    unknown: NewStore, netcore: Netcore
) -> None:
    """A webhook may be quicker than we write down the install it belongs to."""
    store, granted_at = unknown("quick"), datetime.now(UTC)
    event = store.send("orders/create", store.order())
    [parked] = store.ledger(event)

    store.install(granted_at=granted_at)
    resumed = shopbridge(
        "parked", "resume", "--store", store.name, "--reason", "store unknown", "--json"
    )

    assert (parked.outcome, parked.delivery["reason"]) == ("parked", "store unknown")
    assert resumed.json["resumed"] == 1
    store.activity(event, "delivered")
    assert netcore.names(store.handle) == [PURCHASE]


def test_what_happened_while_an_event_was_off_is_never_sent(
    installed: NewStore, netcore: Netcore
) -> None:
    """Neither switching it on again nor a replay brings it back; what comes later is sent."""
    store = installed("off")
    change(store, f"events.{PURCHASE}=false")
    off = store.send("orders/create", now(store))
    store.activity(off, "disabled")
    change(store, f"events.{PURCHASE}=true")
    on = store.send("orders/create", now(store))
    store.activity(on, "delivered")
    until(lambda: replay(store, off, "--dry-run") == 0, f"{off} in the archive")

    replayed = replay(store, off, "--yes")

    assert replayed == 0
    store.idle()
    store.activity(off, "disabled")
    assert netcore.names(store.handle) == [PURCHASE]


def test_an_order_of_nobody_is_known_to_nobody(unknown: NewStore) -> None:
    """What is parked for a store that never installs stays listed, with what to do."""
    store = unknown("never")
    event = str(uuid.uuid4())
    delivery = store.signed("orders/create", store.order(), event_id=event)

    status = store.post("orders/create", delivery)

    traced = shopbridge("trace", event, "--store", store.name, "--json").json["deliveries"]
    assert status == 200
    assert traced[0]["next"].startswith("install the app in this store")


def change(store: LiveStore, setting: str) -> None:
    """Change one setting through the command line."""
    assert shopbridge("settings", "set", setting, "--store", store.name).code == 0


def setting(store: LiveStore, path: str) -> object:
    """Read one setting through the command line."""
    return shopbridge("settings", "get", path, "--store", store.name, "--json").json


def replay(store: LiveStore, event: str, how: str) -> int:
    """Replay an event; return the exit code."""
    return shopbridge("replay", event, "--store", store.name, how, "--json").code


def now(store: LiveStore) -> dict[str, object]:
    """Write an order that is placed at this moment."""
    return store.order(created_at=datetime.now(UTC).isoformat())
