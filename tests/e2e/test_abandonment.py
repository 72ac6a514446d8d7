"""Cart Abandonment on the running system: told when the hour is over, not after an order."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.e2e.command import shopbridge
from tests.e2e.conftest import NewStore
from tests.e2e.netcore import Netcore
from tests.e2e.waiting import until
from tests.unit.translate.given import payload

pytestmark = pytest.mark.e2e

ABANDONED = "Cart Abandonment"
BUYER = {"id": 7001, "email": "ada@example.com", "phone": None}


def test_an_abandoned_checkout_reaches_netcore_and_a_completed_one_does_not(
    installed: NewStore, netcore: Netcore
) -> None:
    """Two checkouts, one order; a sweep that looks ahead two hours finds one abandoned."""
    store = installed("left")
    left, bought = checkout(), checkout(customer={**BUYER, "id": 7002, "email": "bob@example.com"})
    for body in (left, bought):
        store.ended(store.send("checkouts/create", body))
    order = store.order(checkout_token=bought["token"], customer={"id": 7002})
    store.ended(store.send("orders/create", order))

    store.sweep(hours=2)

    until(lambda: ABANDONED in netcore.names(store.handle), "an abandoned checkout at Netcore")
    store.idle()
    told = [one for one in netcore.activities(store.handle) if one["activity_name"] == ABANDONED]
    assert [one["activity_params"]["checkout_token"] for one in told] == [left["token"]]
    assert told[0]["identity"] == "7001"


def test_it_can_be_traced_and_accounted_for(installed: NewStore, netcore: Netcore) -> None:
    """`trace` shows the timer's delivery beside the checkout's own, and the report balances."""
    store = installed("traced-left")
    body = checkout()
    store.ended(store.send("checkouts/update", body))
    store.sweep(hours=2)
    until(lambda: ABANDONED in netcore.names(store.handle), "an abandoned checkout at Netcore")
    store.idle()

    traced = until(lambda: _traced(str(body["token"]), store.name), "both deliveries")
    report = shopbridge("report", "--store", store.name, "--since", "1h", "--json")

    hops = [(hop["place"], hop["what"]) for hop in traced[1]["hops"]]
    assert [one["topic"] for one in traced] == ["checkouts/update", "abandonment"]
    assert ("RecordActivity Cart Abandonment", "delivered") in hops
    assert report.json["balanced"] is True


def checkout(**changes: Any) -> dict[str, Any]:
    """Write the body of a checkout of a known buyer, changed just now."""
    now = datetime.now(UTC).isoformat()
    ids = {"token": uuid.uuid4().hex, "cart_token": uuid.uuid4().hex}
    times = {"created_at": now, "updated_at": now}
    return payload(
        "checkouts/update", **{"customer": BUYER, "email": None, **ids, **times, **changes}
    )


def _traced(token: str, store: str) -> list[dict[str, Any]]:
    found = shopbridge("trace", f"checkout#{token}", "--store", store, "--json")
    deliveries: list[dict[str, Any]] = found.json["deliveries"] if found.code == 0 else []
    return deliveries if len(deliveries) == 2 else []
