"""An order goes all the way: webhook, ledger, Netcore, command line."""

import json
from typing import Any

import pytest

from tests.e2e.command import shopbridge
from tests.e2e.conftest import NewStore
from tests.e2e.netcore import Netcore
from tests.e2e.waiting import until

pytestmark = pytest.mark.e2e

ADA = {
    "firstName": "Ada",
    "lastName": "Okafor",
    "tags": ["vip", "wholesale"],
    "amountSpent": {"amount": "120.50", "currencyCode": "USD"},
    "numberOfOrders": "3",
}


def test_an_order_reaches_netcore_with_its_exact_fields(
    installed: NewStore, netcore: Netcore
) -> None:
    """One signed orders/create is one Product Purchase of its buyer at Netcore."""
    store = installed("exact")
    order = store.order(created_at="2026-01-05T10:00:00-05:00")

    event = store.send("orders/create", order)

    store.activity(event, "delivered")
    [activity] = netcore.activities(store.handle)
    del activity["_received_at"]
    assert activity == {
        "asset_id": "shopbridge-demo-website",
        "activity_name": "Product Purchase",
        "activity_source": "web",
        "timestamp": "2026-01-05T15:00:00Z",
        "identity": "7001",
        "activity_params": {
            "orderid": str(order["id"]),
            "ordername": "#1001",
            "ordernumber": 1001,
            "total_price": 120.5,
            "subtotal_price": 120.5,
            "total_discount": 0.0,
            "total_tax": 0.0,
            "currency": "USD",
            "financial_status": "paid",
            "store": store.handle,
            "itemcount": 2,
            "items": [
                {
                    "prid": 632910392,
                    "variantid": 808950810,
                    "sku": "B-1",
                    "name": "Blue shirt",
                    "brand": "Acme",
                    "price": 60.25,
                    "prqt": 2,
                    "currency": "USD",
                }
            ],
            "activitydate": 1767625200,
        },
    }


def test_its_buyer_is_refreshed_with_every_attribute(installed: NewStore, netcore: Netcore) -> None:
    """The contact has Netcore's eight attributes and the store's own six."""
    store = installed("buyer")
    [created] = store.happen("register", contact="both")
    customer = created.resource.rpartition("/")[2]
    store.set(created.resource, **ADA)
    known = json.loads(created.body)
    order = store.order(customer={"id": int(customer)})

    event = store.send("orders/create", order)

    store.ended(event)
    [contact] = netcore.contacts(customer)
    mark = store.handle.replace("-", "_").upper()
    assert contact == {
        "CUSTID": customer,
        "EMAIL": known["email"],
        "MOBILE": known["phone"].removeprefix("+"),
        "FIRSTNAME": "Ada",
        "LASTNAME": "Okafor",
        "TOTALSPENT": "120.50",
        "TOTALORDERS": 3,
        "TAGS": "vip, wholesale",
        f"SH_TOTALSPENT_{mark}": "120.50",
        f"SH_TOTALORDERS_{mark}": 3,
        f"SH_TAGS_{mark}": "vip, wholesale",
        f"SH_EMAIL_SUBSCRIPTION_{mark}": "Not Subscribed",
    }


def test_an_order_can_be_traced_and_accounted_for(installed: NewStore) -> None:
    """`trace` finds it by the name that people use, and `report` balances for its store."""
    store = installed("traced")
    order = store.order(name="#4711")
    event = store.send("orders/create", order)
    store.ended(event)

    traced = until(lambda: _traced("#4711", store.name), "a trace of #4711")
    report = shopbridge("report", "--store", store.name, "--since", "1h", "--json")

    [delivery] = traced["deliveries"]
    assert delivery["event_id"] == event
    assert delivery["outcome"] == "delivered"
    assert [(hop["place"], hop["what"]) for hop in delivery["hops"][:3]] == [
        ("Shopify", "triggered"),
        ("webhook", "received"),
        ("webhook", "published"),
    ]
    assert {hop["place"]: hop["what"] for hop in delivery["hops"][3:]} == {
        "RecordActivity Product Purchase": "delivered",
        "RefreshContact 7001": "superseded",
        "CloseCheckout checkout": "delivered",
    }
    assert report.code == 0
    assert report.json["balanced"] is True
    assert report.json["deliveries"]["made"] == 1
    assert report.json["commands"]["made"] == 3
    assert report.json["commands"]["waiting"] == 0


def _traced(order: str, store: str) -> Any:
    """Names of orders are noted in the background."""
    found = shopbridge("trace", order, "--store", store, "--json")
    return found.json if found.code == 0 else None
