"""What shipments mean: one activity per state, found by their order."""

from shopbridge.commands import Identity
from tests.unit.translate.given import PRESENTMENT_STORE, activity, payload, webhook


def test_a_shipment_is_found_under_its_order() -> None:
    """The ledger's index gets the order; the effect is the shipment's own."""
    body = payload("fulfillments/create")
    parsed = webhook("fulfillments/create").payload(id=body["id"], order_id=body["order_id"])

    assert parsed.resource == "order#820982911946154508"
    assert activity("fulfillments/create", body).resource == "fulfillment#4363281268892"


def test_the_buyer_is_looked_up_by_the_order() -> None:
    """The body's e-mail is used, and the order is named for where it is not enough."""
    identity = activity("fulfillments/create", payload("fulfillments/create")).identity

    assert identity == Identity(email="jon@example.com", order_id="820982911946154508")


def test_the_same_state_under_both_topics_is_one_effect() -> None:
    """Shopify may send create and update for one body."""
    body = payload("fulfillments/create")

    assert activity("fulfillments/create", body) == activity("fulfillments/update", body)


def test_news_of_a_shipment_is_another_effect() -> None:
    """A new shipment status is told again."""
    before = activity("fulfillments/update", payload("fulfillments/update"))

    after = activity(
        "fulfillments/update", payload("fulfillments/update", shipment_status="delivered")
    )

    assert after.version != before.version


def test_a_parcels_items_are_priced_in_the_money_the_store_reports() -> None:
    """The body has no currency of its own; each line's price brings it."""
    params = activity(
        "fulfillments/create", payload("fulfillments/create"), PRESENTMENT_STORE
    ).params

    assert [(item["price"], item["currency"]) for item in params["items"]] == [("82.79", "EUR")]
