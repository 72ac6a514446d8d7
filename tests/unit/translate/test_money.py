"""Amounts: whose currency, how exact, and what can be none."""

import pytest

from shopbridge.errors import InvalidPayload
from tests.unit.translate.given import PRESENTMENT_STORE, activity, payload, translated


def test_yen_have_no_cents() -> None:
    """An amount of a zero-decimal currency is passed on as it is, never divided."""
    yen = {"amount": "12800", "currency_code": "JPY"}
    both = {"shop_money": yen, "presentment_money": yen}
    order = payload("orders/create", currency="JPY", total_price="12800", total_price_set=both)

    params = activity("orders/create", order).params

    assert (params["total_price"], params["currency"]) == ("12800", "JPY")


def test_the_buyers_money_where_the_merchant_wants_it() -> None:
    """With presentment money on, every amount and its currency are what the buyer saw."""
    params = activity("orders/create", payload("orders/create"), PRESENTMENT_STORE).params

    assert {key: params[key] for key in ("total_price", "shipping_price", "currency")} == {
        "total_price": "180.29",
        "shipping_price": "9.20",
        "currency": "EUR",
    }
    assert [(item["price"], item["currency"]) for item in params["items"]] == [
        ("82.79", "EUR"),
        ("18.39", "EUR"),
    ]


def test_an_amount_is_never_named_in_another_currency() -> None:
    """Where the body has no presentment amount, the store's own is named as the store's."""
    order = payload("orders/create", total_price_set=None)

    params = activity("orders/create", order, PRESENTMENT_STORE).params

    assert (params["total_price"], params["currency"]) == ("195.97", "USD")


@pytest.mark.parametrize(
    "amount", ["NaN", "sNaN", "Infinity", "1e999", "1000000000000000", "0E-999999999", "1e-400"]
)
def test_what_money_cannot_be_is_refused(amount: str) -> None:
    """Endless, undefined, absurd and memory-filling amounts park the delivery."""
    order = payload("orders/create", total_price=amount, total_price_set=None)

    with pytest.raises(InvalidPayload, match="money"):
        translated("orders/create", order)


@pytest.mark.parametrize(
    ("written", "exact"), [("0", "0"), ("-5.00", "-5.00"), (89.99, "89.99"), ("0.10", "0.10")]
)
def test_money_keeps_its_digits(written: object, exact: str) -> None:
    """An amount is passed on as Shopify wrote it, text or number, with its zeros."""
    order = payload("orders/create", total_price=written, total_price_set=None)

    assert activity("orders/create", order).params["total_price"] == exact
