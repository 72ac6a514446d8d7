"""What arrives again, and what somebody else sends, changes nothing outside."""

import uuid

import pytest

from tests.e2e.command import shopbridge
from tests.e2e.conftest import NewStore
from tests.e2e.netcore import Netcore
from tests.e2e.waiting import until

pytestmark = pytest.mark.e2e


def test_however_often_an_event_arrives_netcore_hears_it_once(
    installed: NewStore, netcore: Netcore
) -> None:
    """Over HTTPS and EventBridge, in both spellings of the headers, twice each, and replayed."""
    store = installed("often")
    order, event = store.order(), str(uuid.uuid4())
    for lower_case in (False, True):
        delivery = store.signed("orders/create", order, event_id=event, lower_case=lower_case)
        for _ in range(2):
            assert store.post("orders/create", delivery) == 200
            store.put_on_bus(delivery)
    store.ended(event, deliveries=2)
    until(lambda: _archived(event, store.name), f"{event} in the archive")

    replayed = shopbridge("replay", event, "--store", store.name, "--yes", "--json")

    assert replayed.code == 0
    assert replayed.json["published"] == 2
    store.idle()
    assert netcore.names(store.handle) == ["Product Purchase"]


def test_a_forged_order_leaves_nothing_behind(installed: NewStore, netcore: Netcore) -> None:
    """A delivery signed with another secret is answered 401 and is in no ledger."""
    store = installed("forged")
    event = str(uuid.uuid4())
    forged = store.signed("orders/create", store.order(), event_id=event, secret="a guess")

    status = store.post("orders/create", forged)

    assert status == 401
    assert store.ledger(event) == []
    assert netcore.activities(store.handle) == []


def _archived(event: str, store: str) -> bool:
    found = shopbridge("replay", event, "--store", store, "--dry-run", "--json")
    return found.code == 0 and len(found.json["deliveries"]) == 2
