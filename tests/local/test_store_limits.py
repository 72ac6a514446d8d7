"""Queries are priced and throttled as Shopify does it, under either rule."""

import pytest

from local.store.admin.bucket import Bucket
from local.store.admin.cost import linear, sublinear
from local.store.app import Shop
from local.store.served import Terms
from tests.local.store_shop import START, StoreInProcess

FIVE_OBJECTS = """{ customers(first: 250) { nodes {
  id amountSpent { amount } lastOrder { id } defaultEmailAddress { emailAddress }
  defaultPhoneNumber { phoneNumber } } } }"""


def test_sublinear_prices_are_those_seen_on_live_stores() -> None:
    """250 flat nodes were 13, 250 nodes of two objects 25."""
    assert sublinear(250, 1, paged=True) == 13
    assert sublinear(250, 2, paged=True) == 25


def test_linear_prices_are_the_published_ones() -> None:
    """A connection is two, and each node counts in full."""
    assert linear(250, 5, paged=True) == 1252


def test_a_page_can_be_too_dear() -> None:
    """Five objects for 250 customers exceed a thousand points under the linear rule."""
    answer = StoreInProcess(rule="linear").ask(FIVE_OBJECTS)

    (error,) = answer["errors"]
    assert error["extensions"] == {"code": "MAX_COST_EXCEEDED", "cost": 1252, "maxCost": 1000}
    assert "extensions" not in answer


def test_what_was_not_there_is_not_charged() -> None:
    """Asked for 250, twelve came; half of them without a last order."""
    store = StoreInProcess((Shop(terms=Terms(plan="standard"), start=START),), rule="sublinear")

    cost = store.ask(FIVE_OBJECTS)["extensions"]["cost"]

    assert (cost["requestedQueryCost"], cost["actualQueryCost"]) == (61, 15)
    assert cost["throttleStatus"] == {
        "maximumAvailable": 2000.0,
        "currentlyAvailable": 1985,
        "restoreRate": 100.0,
    }


def test_throttled_until_enough_flowed_back() -> None:
    """An empty bucket answers THROTTLED under HTTP 200, without a header that says how long."""
    store = StoreInProcess((Shop(terms=Terms(plan="standard"), start=START),), rule="linear")
    thirteen = "mutation {" + "".join(
        f'm{i}: tagsAdd(id: "gid://shopify/Customer/1", tags: ["x"]) {{ userErrors {{ message }} }}'
        for i in range(90)
    )
    for _ in range(2):
        store.post(thirteen + "}")

    throttled = store.post(thirteen + "}")
    store.seconds += 8
    later = store.post(thirteen + "}")

    assert throttled.status_code == 200
    assert "retry-after" not in throttled.headers
    assert throttled.json()["errors"][0]["extensions"]["code"] == "THROTTLED"
    cost = throttled.json()["extensions"]["cost"]
    assert (cost["requestedQueryCost"], cost["actualQueryCost"]) == (900, None)
    assert "data" in later.json()


@pytest.mark.parametrize(("plan", "most"), [("standard", 2000), ("enterprise", 40000)])
def test_a_bucket_never_overflows(plan: str, most: int) -> None:
    """However long one waits, it holds twenty seconds' worth."""
    now = [0.0]
    bucket = Bucket(plan, lambda: now[0])
    bucket.take(100)

    now[0] = 3600.0

    assert bucket.status()["currentlyAvailable"] == most
