"""Webhook bodies have the shapes of API 2026-10."""

import pytest

from local.store import UnknownTopic, happen, new_world, sample
from tests.local.store_shop import START

TOPICS = [
    "customers/create",
    "customers/update",
    "customers/delete",
    "customers/purchasing_summary",
    "customer.tags_added",
    "customer.tags_removed",
    "customers_email_marketing_consent/update",
    "customers_marketing_consent/update",
    "checkouts/create",
    "checkouts/update",
    "orders/create",
    "orders/updated",
    "orders/edited",
    "orders/cancelled",
    "orders/fulfilled",
    "orders/partially_fulfilled",
    "refunds/create",
    "fulfillments/create",
    "fulfillments/update",
    "products/create",
    "products/update",
    "products/delete",
    "inventory_levels/update",
    "shop/update",
]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_a_sample(topic: str) -> None:
    """The first day of a store's life shows each of the 24 topics."""
    assert sample(topic, start=START)


def test_unknown_topic_is_told() -> None:
    """A topic that no simulated store sends is refused by name."""
    with pytest.raises(UnknownTopic, match="carts/create"):
        sample("carts/create", start=START)


def test_customers_carry_no_tags_totals_or_consent() -> None:
    """What Shopify took out of customer bodies with 2025-01 is not in ours."""
    body = sample("customers/update", start=START)

    gone = {"tags", "orders_count", "total_spent", "email_marketing_consent", "last_order_id"}
    assert gone & body.keys() == set()
    assert {"id", "email", "phone", "first_name", "default_address", "addresses"} <= body.keys()


def test_orders_and_checkouts_join_on_tokens_only() -> None:
    """Neither carries a checkout id since 2026-04."""
    order = sample("orders/create", start=START)
    checkout = sample("checkouts/update", start=START)

    assert "checkout_id" not in order
    assert "id" not in checkout
    assert order["checkout_token"] == checkout["token"]
    assert order["cart_token"] == checkout["cart_token"]


def test_first_checkout_knows_nobody() -> None:
    """A checkout begins without a contact, as real ones do."""
    body = sample("checkouts/create", start=START)

    assert (body["email"], body["phone"]) == (None, None)
    assert "customer" not in body


def test_times_carry_the_shops_offset() -> None:
    """The same moment is UTC in GraphQL and local in a webhook."""
    body = sample("orders/create", start=START)

    assert body["created_at"].startswith("2026-11-23T13:30:")
    assert body["created_at"].endswith("+05:30")


def test_yen_have_no_decimals() -> None:
    """The presentment side of a set is in its own currency's spelling."""
    order = sample("orders/create", start=START)

    shown = order["total_price_set"]["presentment_money"]
    assert (order["presentment_currency"], shown["currency_code"]) == ("JPY", "JPY")
    assert shown["amount"].isdigit()
    assert order["total_price"] == order["total_price_set"]["shop_money"]["amount"]
    assert order["total_price"][-3] == "."


def test_an_order_adds_up() -> None:
    """Subtotal, tax and shipping are the total, in the shop's currency."""
    order = sample("orders/create", start=START)

    parts = [order[name] for name in ("subtotal_price", "total_tax")]
    parts.append(order["total_shipping_price_set"]["shop_money"]["amount"])
    cents = [int(each.replace(".", "")) for each in parts]
    assert sum(cents) == int(order["total_price"].replace(".", ""))


def test_a_yen_shop_has_whole_prices() -> None:
    """A store whose own currency has no decimals writes none anywhere."""
    world = new_world(start=START, currency="JPY")
    begun = happen(world, "start_checkout", presentment="JPY")

    bought = happen(world, "purchase", begun.changes[0].resource)

    order = next(each.body for each in bought.changes if each.topic == "orders/create")
    assert order["total_price"].isdigit()
    assert order["line_items"][0]["price"].isdigit()


def test_till_sale_has_no_customer() -> None:
    """An order may come without a customer, contact and checkout."""
    world = new_world(start=START)

    sold = happen(world, "sell_at_till")

    order = sold.changes[0].body
    assert order["customer"] is None
    assert (order["email"], order["checkout_token"], order["source_name"]) == (None, None, "pos")
