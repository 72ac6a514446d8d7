"""A checkout read by GraphQL means what its webhook meant; only its token may be unknown."""

import json
from typing import Any

import pytest

from shopbridge.errors import InvalidPayload
from shopbridge.moments import dated
from shopbridge.stores.profile import Profile
from shopbridge.times import parse
from shopbridge.translate.checkout_nodes import Names, checkout_of, names_of
from shopbridge.translate.checkouts import begun
from tests.unit.translate.given import FIXTURES, PRESENTMENT_STORE, STORE, payload, translated

NODE: dict[str, Any] = json.loads((FIXTURES / "nodes/checkout.json").read_text("utf-8"))["node"]
CART = "eeafa272cebfd4b22385bc4b645e762c"
NOON = parse("2026-11-23T12:00:00Z")


@pytest.mark.parametrize("store", [STORE, PRESENTMENT_STORE], ids=["booked", "seen"])
def test_node_and_webhook_say_the_same(store: Profile) -> None:
    """Parameters, buyer, times and effect keys are equal; a cart's token GraphQL does not show."""
    body = payload("checkouts/update", cart_token=None)

    past = begun(checkout_of(NODE), store)

    live = translated("checkouts/update", body, store)
    assert [dated(one, NOON, NOON) for one in past] == [dated(one, NOON, NOON) for one in live]


def test_completed_node_is_closed_like_its_webhook() -> None:
    """Nothing is told of it but that it is over."""
    at = "2026-11-03T14:12:30Z"
    body = payload("checkouts/update", completed_at=at)

    past = begun(checkout_of(NODE | {"completedAt": at}), STORE)

    assert [*past] == translated("checkouts/update", body)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        (f"/548380009/checkouts/ac/{CART}/recover?key=k&locale=en-US", Names(cart_token=CART)),
        (f"/548380009/checkouts/cn/{CART}/recover?key=k", Names(cart_token=CART)),
        ("/1/checkouts/ac/hWN9BnOsWHe9H8pVWYac/recover", Names(cart_token="hWN9BnOsWHe9H8pVWYac")),
        (f"/548380009/checkouts/{CART}/recover?key=k", Names(token=CART)),
        ("/548380009/invoices/123", Names()),
    ],
    ids=["cart", "new checkout", "without key", "checkout", "draft order"],
)
def test_address_names_cart_or_checkout(path: str, names: Names) -> None:
    """All that GraphQL tells of either token is in the address at which a buyer goes on."""
    address = f"https://vapid-store.example.com{path}"

    assert names_of({"abandonedCheckoutUrl": address}) == names


def test_unnamed_checkout_has_shopifys_id() -> None:
    """A known token comes first, then the address's own."""
    unnamed = NODE | {"abandonedCheckoutUrl": f"https://a.example/1/checkouts/ac/{CART}/recover"}

    assert checkout_of(unnamed).token == "981820079255243537"
    assert checkout_of(unnamed).cart_token == CART
    assert checkout_of(unnamed, "known").token == "known"


def test_what_is_no_checkout_is_refused_without_quoting_it() -> None:
    """The message names the kind of fault alone."""
    with pytest.raises(InvalidPayload, match=r"^not a checkout: KeyError$"):
        checkout_of({"id": "gid://shopify/AbandonedCheckout/1", "abandonedCheckoutUrl": "cnry"})
