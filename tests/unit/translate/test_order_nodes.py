"""An order read by GraphQL means, to the byte, what its webhook meant."""

import json
from copy import deepcopy
from typing import Any

import msgspec
import pytest

from shopbridge.commands import RecordActivity
from shopbridge.errors import InvalidPayload
from shopbridge.moments import dated
from shopbridge.receipts.effects import effect_of
from shopbridge.stores.profile import Profile
from shopbridge.times import parse
from shopbridge.translate.order_nodes import activities, order_of
from tests.unit.translate.given import (
    FIXTURES,
    PRESENTMENT_STORE,
    STORE,
    activity,
    payload,
)

NODE: dict[str, Any] = json.loads((FIXTURES / "nodes/order.json").read_text("utf-8"))["node"]
NOON = parse("2026-11-23T12:00:00Z")

LATER: dict[str, dict[str, Any]] = {
    "orders/create": {},
    "orders/fulfilled": {
        "displayFulfillmentStatus": "FULFILLED",
        "fulfillments": [
            {"createdAt": "2026-11-04T15:01:00Z"},
            {"createdAt": "2026-11-05T13:30:00Z"},
        ],
        "updatedAt": "2026-11-05T13:30:02Z",
    },
    "orders/cancelled": {
        "cancelReason": "CUSTOMER",
        "cancelledAt": "2026-11-03T22:00:00Z",
        "displayFinancialStatus": "REFUNDED",
        "updatedAt": "2026-11-03T22:00:01Z",
        "pieces": (0, 0),
        "current": ("0.0", "0.0"),
    },
    "orders/partially_fulfilled": {
        "displayFulfillmentStatus": "PARTIALLY_FULFILLED",
        "fulfillments": [{"createdAt": "2026-11-04T15:01:00Z"}],
        "updatedAt": "2026-11-04T15:01:01Z",
    },
    "orders/updated": {
        "tags": ["vip", "gift", "packed"],
        "updatedAt": "2026-11-03T21:40:02Z",
        "pieces": (1, 1),
        "current": ("105.98", "97.5"),
    },
}
"""What GraphQL says otherwise once the webhook of a topic was sent."""


def node(**changes: Any) -> dict[str, Any]:
    """Return the order's node with some of its fields changed."""
    changed = deepcopy(NODE) | changes
    pieces = changed.pop("pieces", ())
    for line, left in zip(changed["lineItems"]["nodes"], pieces, strict=False):
        line["currentQuantity"] = left
    if current := changed.pop("current", None):
        money = changed["currentTotalPriceSet"]
        money["shopMoney"]["amount"], money["presentmentMoney"]["amount"] = current
    return changed


def read(told: dict[str, Any], store: Profile = STORE) -> dict[str, RecordActivity]:
    """Return the activities of a node, by name."""
    return {one.name: one for one in activities(order_of(told), store)}


def written(one: RecordActivity) -> bytes:
    """Write an activity as it travels."""
    return msgspec.json.encode(dated(one, NOON, NOON), order="deterministic")


@pytest.mark.parametrize("store", [STORE, PRESENTMENT_STORE], ids=["booked", "seen"])
@pytest.mark.parametrize("topic", LATER)
def test_node_and_webhook_say_the_same(topic: str, store: Profile) -> None:
    """Parameters, buyer, time and effect key are equal, in either currency."""
    live = activity(topic, payload(topic), store)

    past = read(node(**LATER[topic]), store)[live.name]

    assert written(past) == written(live)
    assert effect_of(past, "site-1") == effect_of(live, "site-1")


def test_order_tells_each_event_that_it_shows() -> None:
    """Bought and never touched: one; cancelled, or shipped: what happened and its state now."""
    told = [
        list(read(node(**changes)))
        for changes in (
            {"updatedAt": NODE["createdAt"]},
            LATER["orders/cancelled"],
            LATER["orders/fulfilled"],
            LATER["orders/partially_fulfilled"],
        )
    ]

    assert told == [
        ["Product Purchase"],
        ["Product Purchase", "Order Cancelled", "Order Updates"],
        ["Product Purchase", "Order Fulfilled", "Order Updates"],
        ["Product Purchase", "Order Updates"],
    ]


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ("RESTOCKED", "restocked"),
        ("ON_HOLD", None),
        ("FULFILLMENT_NOT_REQUIRED", None),
        ("A_STATE_TO_COME", None),
    ],
)
def test_states_of_which_webhooks_have_no_word(shown: str, told: str | None) -> None:
    """What a webhook's body shows as null is left out."""
    purchase = read(node(displayFulfillmentStatus=shown))["Product Purchase"]

    assert purchase.params.get("fulfillment_status") == told


def test_amounts_have_the_digits_of_their_currency() -> None:
    """GraphQL writes 1200.0 yen and 1.5 dinars; webhooks 1200 and 1.500."""
    money = {
        "shopMoney": {"amount": "1200.0", "currencyCode": "JPY"},
        "presentmentMoney": {"amount": "1.5", "currencyCode": "KWD"},
    }
    changed = node(totalPriceSet=money)

    told = [
        read(changed, store)["Product Purchase"].params["total_price"]
        for store in (STORE, PRESENTMENT_STORE)
    ]

    assert told == ["1200", "1.500"]


def test_guest_without_prices_is_read() -> None:
    """What Shopify may leave out is left out."""
    purchase = read(
        node(customer=None, totalTaxSet=None, subtotalPriceSet=None, totalDiscountsSet=None)
    )["Product Purchase"]

    assert (purchase.identity.customer_id, purchase.identity.email) == (None, "jon@example.com")
    assert not {"total_tax", "subtotal_price", "total_discount"} & purchase.params.keys()


@pytest.mark.parametrize(
    "broken",
    [
        {key: value for key, value in NODE.items() if key != "lineItems"},
        NODE | {"totalPriceSet": None},
        NODE | {"id": "x"},
        NODE | {"totalPriceSet": {"shopMoney": {"amount": "x", "currencyCode": "USD"}}},
    ],
)
def test_what_is_no_order_is_refused_without_its_content(broken: dict[str, Any]) -> None:
    """The error names its kind and quotes nothing."""
    with pytest.raises(InvalidPayload) as caught:
        order_of(broken)

    assert str(caught.value).startswith("not an order: ")
    assert len(str(caught.value).split()) == 4
