"""Activity of an e-mail address: Shopify says whose it is, the ledger what became of it."""

from typing import Any

import pytest

from tests.integration.account import STORE, Account
from tests.integration.api.calling import Gateway
from tests.unit.ledger.written import delivery_row

BUYER = "buyer@example.com"


def sold(api: Gateway, guest: str = BUYER) -> dict[str, str]:
    """Sell something to somebody at the till; return the ids of order and customer."""
    made = api.shopify.post(
        "/_world", json={"event": "sell_at_till", "target": None, "how": {"email": guest}}
    ).json()
    (order,) = [one for one in made["resources"] if "/Order/" in one]
    return {"order": order.rpartition("/")[2]}


def arrived(account: Account, resource: str, number: int = 1) -> None:
    """Write the row of a delivery about `resource`."""
    account.ledger.put_item(
        Item=delivery_row(
            delivery=f"{STORE}#event-{number}",
            event_id=f"event-{number}",
            resource=f"{STORE}#{resource}",
            received_at=f"2026-11-23T07:{number:02}:01.000000Z",
            title="",
        )
    )


def customer(api: Gateway) -> dict[str, Any]:
    """Return the one who bought last."""
    orders: Any = api.shopify.get("/_world/orders").json()
    bought = [order["customer"] for order in orders if order["customer"]][-1]
    customers: Any = api.shopify.get("/_world/customers").json()
    return next(one for one in customers if one["id"] == bought)


def test_customer_and_their_orders_are_found(api: Gateway, account: Account) -> None:
    """Deliveries about either, oldest first, whatever the spelling of the orders' address."""
    who = customer(api)
    orders: Any = api.shopify.get("/_world/orders").json()
    order = [one for one in orders if one["customer"] == who["id"]][-1]
    arrived(account, f"order#{order['id'].rpartition('/')[2]}", 2)
    arrived(account, f"customer#{who['id'].rpartition('/')[2]}", 1)
    arrived(account, "order#1", 3)
    address = who["defaultEmailAddress"]["emailAddress"]

    told = api("POST", "/activity/by-email", {"email": address}).json

    assert [one["event_id"] for one in told["deliveries"]] == ["event-1", "event-2"]
    assert told["more"] is False


def test_guests_order_is_found(api: Gateway, account: Account) -> None:
    """Nobody has an account under this address, yet an order was placed with it."""
    arrived(account, f"order#{sold(api)['order']}")

    told = api("POST", "/activity/by-email", {"email": BUYER}).json

    assert [one["event_id"] for one in told["deliveries"]] == ["event-1"]


def test_newest_fifty_are_shown(api: Gateway, account: Account) -> None:
    """An order that changed 51 times: the oldest change is left out, and that is said."""
    order = f"order#{sold(api)['order']}"
    for number in range(51):
        arrived(account, order, number)

    told = api("POST", "/activity/by-email", {"email": BUYER}).json

    events = [one["event_id"] for one in told["deliveries"]]
    assert (len(events), events[0], events[-1]) == (50, "event-1", "event-50")
    assert told["more"] is True


def test_unknown_address_finds_nothing(api: Gateway, account: Account) -> None:
    """Shopify knows nobody: an empty answer."""
    arrived(account, "order#1")

    told = api("POST", "/activity/by-email", {"email": "nobody@example.com"}).json

    assert told == {"deliveries": [], "more": False}


def test_field_that_shopify_keeps_from_us_is_no_empty_answer(api: Gateway) -> None:
    """Orders that we may not see are not the same as no orders."""
    sold(api)
    fault = {"do": "errors_partial", "fields": ["Order.id"]}
    assert api.shopify.post("/_faults", json=fault | {"match": {"operation": "Orders"}}).is_success

    done = api("POST", "/activity/by-email", {"email": BUYER})

    assert (done.status, done.json["code"]) == (409, "shopify_refuses")


def test_address_is_not_logged(api: Gateway, caplog: pytest.LogCaptureFixture) -> None:
    """Neither where it is asked for nor where Shopify refuses."""
    api("POST", "/activity/by-email", {"email": BUYER})
    api.admin_token = "shpat_cnry_ended"
    api("POST", "/activity/by-email", {"email": BUYER})

    logged = str([vars(record) for record in caplog.records])

    assert "POST /activity/by-email" in logged
    assert BUYER not in logged
