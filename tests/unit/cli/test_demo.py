"""What the demo says of single people is what Netcore was told, and no more."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from cli.demo.found import Demo
from cli.demo.story import people
from cli.reconcile import WRONG
from local.demo.carts import Cart, Carts
from local.demo.holding import Holding
from local.demo.settling import Latency
from local.demo.unsubscribing import Unsubscribes
from local.demo.visiting import TOLD, Visit
from local.storefront.in_node import Answer
from shopbridge.ledger.report import Report

NOTHING = "(The sweep was told twice that it is two hours later; the second time it found nobody.)"


def demo(activities: list[Mapping[str, Any]]) -> Demo:
    """A demo after which Netcore has `activities`."""
    return Demo(
        seed=1,
        page="",
        sent=(),
        holding=Holding({}, 0, 0, 0),
        activities=activities,
        latency=Latency(0, 0.0, 0.0),
        report=Report(datetime(2026, 11, 25, tzinfo=UTC), (), {}),
        history="COMPLETE",
        carts=Carts(Cart("1", "", "one"), Cart("2", "", "two"), Cart("3", "", "three")),
        told_later=0,
        lost="9",
        visit=Visit(tuple(Answer(name, 202) for name in TOLD), 2, "7"),
        unsubscribes=Unsubscribes("4", 0.7, "5", 0.2, 3),
        reconciled={"streams": [{**dict.fromkeys(WRONG, ()), "missing": ["9"], "repaired": 1}]},
    )


def activity(name: str, customer: str, **params: str) -> Mapping[str, Any]:
    """What Netcore received of a customer."""
    return {"activity_name": name, "identity": customer, "activity_params": params}


def test_each_story_is_told_of_whom_it_happened_to() -> None:
    """Carts, unsubscribes in both directions, the visit, whom reconciliation found."""
    told = people(
        demo(
            [
                activity("Cart Abandonment", "1", abandoned_checkout_url="one"),
                activity("Cart Abandonment", "2", abandoned_checkout_url="two"),
                activity("Product Purchase", "3"),
                activity("Product Purchase", "2"),
                *(activity(name, "7") for name in TOLD),
            ]
        )
    )

    assert told["Carts"] == [
        "Customer 1 left a cart: Cart Abandonment, with the link back.",
        "Customer 2 left one too, came back after that and bought: Product Purchase followed.",
        "Customer 3 bought at once: Product Purchase, no reminder.",
        NOTHING,
    ]
    assert told["Unsubscribes"] == [
        "Customer 4 unsubscribed in a mail of Netcore's: unsubscribed in Shopify after 0.7 s.",
        "Customer 5 unsubscribed in Shopify: blacklisted at Netcore after 0.2 s.",
    ]
    assert told["A visit to the website"][-2].endswith(
        "customer 7, under whom Netcore has now: Page Browse, Product Search, Product View,"
        " Add To Cart, Remove From Cart, Checkout."
    )
    assert told["Reconciliation"] == [
        "Customer 9 registered, and no webhook came. Found: 1 missing; repaired 1."
    ]


def test_nothing_is_claimed_that_did_not_happen() -> None:
    """Where Netcore was told nothing, the story says nothing, and the findings do."""
    done = demo([])

    told, found = people(done), list(done.findings())

    assert told["Carts"] == [NOTHING]
    assert told["A visit to the website"][-2].endswith("Netcore has now: nothing.")
    assert "the cart that 1 left was not told once, with its link" in found
    assert any(one.startswith("of the visit Netcore was not told once") for one in found)
    assert not done.balances
