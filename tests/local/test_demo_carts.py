"""The demo says so where a cart, or a visit, was told to Netcore otherwise than it should be."""

from typing import Any

from local.demo.carts import Cart, Carts
from local.demo.visiting import TOLD, Visit
from local.storefront.in_node import Answer

CARTS = Carts(
    left=Cart("1", "gid://shopify/AbandonedCheckout/1", "https://a.example.com/1"),
    recovered=Cart("2", "gid://shopify/AbandonedCheckout/2", "https://a.example.com/2"),
    bought=Cart("3", "gid://shopify/AbandonedCheckout/3", "https://a.example.com/3"),
)


def activity(name: str, customer: str, **params: str) -> dict[str, Any]:
    """What Netcore received of a customer."""
    return {"activity_name": name, "identity": customer, "activity_params": params}


def left(customer: str) -> dict[str, Any]:
    """The reminder's activity, with the link of that customer's cart."""
    link = f"https://a.example.com/{customer}"
    return activity("Cart Abandonment", customer, abandoned_checkout_url=link)


def bought(customer: str) -> dict[str, Any]:
    """A purchase of that customer."""
    return activity("Product Purchase", customer)


GOOD = [
    {"activity_name": "Product Purchase", "mobile": "guest", "activity_params": {}},
    left("1"),
    bought("3"),
    left("2"),
    bought("2"),
]


def test_three_carts_as_they_should_be_are_no_finding() -> None:
    """One left, one left and bought afterwards, one bought at once; a guest is none of them."""
    assert list(CARTS.findings(GOOD, 0)) == []


def test_each_way_to_be_wrong_is_found() -> None:
    """Not told, told twice, another cart's link, bought before it was left, told too much."""
    other_link = activity("Cart Abandonment", "1", abandoned_checkout_url="https://b.example.com")
    rest = GOOD[2:]

    found = {
        "untold": list(CARTS.findings(rest, 0)),
        "twice": list(CARTS.findings([*GOOD, left("1")], 0)),
        "linked elsewhere": list(CARTS.findings([other_link, *rest], 0)),
        "bought before": list(CARTS.findings([left("1"), bought("3"), bought("2"), left("2")], 0)),
        "reminded": list(CARTS.findings([left("1"), left("3"), *rest], 0)),
        "later": list(CARTS.findings(GOOD, 2)),
    }

    not_left = ["the cart that 1 left was not told once, with its link"]
    assert found == {
        "untold": not_left,
        "twice": not_left,
        "linked elsewhere": not_left,
        "bought before": ["the purchase of 2 was not told once, at last"],
        "reminded": ["a cart that was bought at once was told as abandoned"],
        "later": ["2 carts were told as abandoned by a later sweep"],
    }


def visit(*statuses: int) -> Visit:
    """A visit whose events were answered so."""
    return Visit(tuple(map(Answer, TOLD, statuses)), 2, "7")


def test_a_visit_that_was_taken_and_told_is_no_finding() -> None:
    """Six events, each at Netcore once, in whatever order they came there."""
    told = [activity(name, "7") for name in reversed(TOLD)]

    assert list(visit(*[202] * 6).findings([*told, activity("Checkout", "8")])) == []


def test_what_was_not_taken_or_not_told_is_named() -> None:
    """An event that our door refused, and one that came twice to Netcore."""
    told = [activity(name, "7") for name in [*TOLD[1:], "Checkout"]]

    assert list(visit(429, *[202] * 5).findings(told)) == [
        "of the website's six events these were taken: Product Search, Product View, Add To Cart,"
        " Remove From Cart, Checkout",
        "of the visit Netcore was not told once: Page Browse, Checkout",
    ]
