"""Who an order belongs to, and which ids can name anything."""

import json

import pytest

from shopbridge.commands import Identity, RefreshContact
from shopbridge.errors import InvalidPayload
from shopbridge.shopify.payloads.order import Order
from shopbridge.shopify.reading import read
from tests.unit.translate.given import activity, payload, translated


def test_an_activity_belongs_to_the_account_not_to_the_address_typed() -> None:
    """The customer's own e-mail identifies, since the contact is kept up to date under it."""
    order = payload("orders/create", email="work@example.com", contact_email="work@example.com")

    purchase = activity("orders/create", order)

    assert purchase.identity == Identity("115310627314723954", "john@example.com", "+16135550142")


def test_a_guest_is_known_by_what_the_order_says() -> None:
    """An order without customer is identified by its e-mail and phone; nobody is refreshed."""
    order = payload("orders/create", customer=None, phone="+16135550199")

    purchase, close = translated("orders/create", order)

    guest = Identity(email="jon@example.com", phone="+16135550199")
    assert (purchase.identity, close.buyer) == (guest, guest)  # type: ignore[union-attr]  # an activity, and a close


@pytest.mark.parametrize(
    "contact", [None, "", "no-at-sign", "a b@example.com", "x" * 400 + "@e.com"]
)
def test_nobody_is_made_up(contact: str | None) -> None:
    """Without customer or usable address an order has no identity, yet is told."""
    order = payload("orders/create", customer=None, email=contact, contact_email=None)

    purchase = activity("orders/create", order)

    assert not purchase.identity
    assert purchase.params["orderid"] == "820982911946154508"


def test_a_line_break_in_an_address_is_no_address() -> None:
    """An e-mail with CR or LF, which could end a header, is left out; another one counts."""
    order = payload("orders/create", customer=None, email="a@example.com\r\nBcc: b@example.com")

    assert activity("orders/create", order).identity == Identity(email="jon@example.com")


@pytest.mark.parametrize("phone", ["call me", "555-555-SHIP", "+" + "1" * 40, "12"])
def test_what_is_no_phone_number_is_left_out(phone: str) -> None:
    """Letters, too many and too few digits identify nobody."""
    order = payload("orders/create", customer=None, phone=phone)

    assert activity("orders/create", order).identity.phone is None


def test_ids_beyond_a_double_stay_exact() -> None:
    """Ids above 2^53, as numbers or as GraphQL ids, come out digit by digit."""
    customer = {"id": "gid://shopify/Customer/9007199254740993"}
    order = payload("orders/create", id=9007199254740993, customer=customer)

    purchase, refresh, _ = translated("orders/create", order)

    assert purchase.resource == "order#9007199254740993"  # type: ignore[union-attr]  # an activity
    assert refresh == RefreshContact("9007199254740993")


@pytest.mark.parametrize("wrong", [0, -1, True, 1.5, "", "abc", "12#34", "1\n", 2**63])
def test_an_impossible_id_is_refused(wrong: object) -> None:
    """Only positive 64-bit numbers and GraphQL ids can become keys."""
    with pytest.raises(InvalidPayload):
        translated("orders/create", payload("orders/create", id=wrong))


def test_an_endless_id_is_refused() -> None:
    """Five thousand digits are no id."""
    body = json.dumps(payload("orders/create")).replace("820982911946154508", "9" * 5000)

    with pytest.raises(InvalidPayload):
        read(body.encode(), Order)
