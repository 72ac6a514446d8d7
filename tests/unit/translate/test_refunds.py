"""What refunds mean: once each, with what was taken back and what was paid back."""

import pytest

from shopbridge.commands import Identity
from shopbridge.errors import InvalidPayload
from tests.unit.translate.given import STORE, activity, payload, translated

SENT = payload("refunds/create")["transactions"][0]


def test_a_refund_is_told_in_the_currency_that_was_paid_back() -> None:
    """Amount and items are in the buyer's currency even where the store reports its own."""
    params = activity("refunds/create", payload("refunds/create"), STORE).params

    assert (params["refund_amount"], params["currency"]) == ("82.79", "EUR")
    assert [(item["price"], item["currency"]) for item in params["items"]] == [("82.79", "EUR")]


def test_only_the_pieces_taken_back_count() -> None:
    """Two were sold, one came back."""
    params = activity("refunds/create", payload("refunds/create")).params

    assert ([item["prqt"] for item in params["items"]], params["itemcount"]) == ([1], 1)


def test_two_refunds_of_an_order_are_two_effects() -> None:
    """Each refund is told once; the buyer is looked up by the order."""
    other = activity("refunds/create", payload("refunds/create", id=890088186047892320))

    assert (other.resource, other.version) == ("refund#890088186047892320", "")
    assert other.identity == Identity(order_id="820982911946154508")


@pytest.mark.parametrize(
    "transactions", [[], [SENT | {"status": "pending"}], [SENT | {"kind": "void"}]]
)
def test_without_money_moved_the_amount_is_zero(transactions: list[object]) -> None:
    """A refund may only take items back; pending and failed tries are no money."""
    body = payload("refunds/create", transactions=transactions)

    assert activity("refunds/create", body).params["refund_amount"] == "0"


def test_a_transaction_that_names_no_currency_has_the_items() -> None:
    """Shopify's own sample leaves it null."""
    body = payload("refunds/create", transactions=[SENT | {"currency": None}])

    assert activity("refunds/create", body).params["currency"] == "EUR"


def test_a_line_without_its_item_is_left_out() -> None:
    """A refund of shipping alone lists no items, so the key is left out."""
    body = payload("refunds/create", refund_line_items=[{"quantity": 1, "line_item": None}])

    assert "items" not in activity("refunds/create", body).params


@pytest.mark.parametrize("amount", ["sNaN", "Infinity", "1e999", "0E-999999999"])
def test_what_money_cannot_be_is_refused(amount: str) -> None:
    """An impossible amount parks the delivery instead of spoiling the sum."""
    body = payload("refunds/create", transactions=[SENT, SENT | {"amount": amount}])

    with pytest.raises(InvalidPayload, match="money"):
        translated("refunds/create", body)
