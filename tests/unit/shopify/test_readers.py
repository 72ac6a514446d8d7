"""Readers: many ids in one query, holes explained, what is too costly halved."""

import json
from typing import Any

import httpx
import pytest

from shopbridge.commands import Identity
from shopbridge.errors import AdminRejected, AdminTooCostly, AdminUnavailable
from shopbridge.shopify.readers import Reader
from tests.unit.shopify.admin import answering, customer, gateway, problem


class Shop:
    """A store that knows some nodes and refuses queries for too many of them."""

    def __init__(self, *nodes: dict[str, Any], most: int = 250) -> None:
        self._nodes = {node["id"]: node for node in nodes}
        self._most = most
        self.asked: list[int] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer `nodes(ids:)`."""
        ids = json.loads(request.content)["variables"]["ids"]
        self.asked.append(len(ids))
        if len(ids) > self._most:
            return answering(errors=[problem("MAX_COST_EXCEEDED")])
        return answering(data={"nodes": [self._nodes.get(one) for one in ids]})


def test_customers_are_read_at_once_and_repeats_only_once() -> None:
    """Three commands about two customers are one query for two ids."""
    shop = Shop(customer("7001"), customer("7002", firstName="Bo"))

    read = Reader(gateway(shop)).customers(["7001", "7002", "7001"])

    assert shop.asked == [2]
    assert {one: found.first_name if found else None for one, found in read.customers.items()} == {
        "7001": "Asha",
        "7002": "Bo",
    }


def test_deleted_customer_is_none() -> None:
    """A null node without an error is a customer that Shopify no longer has."""
    read = Reader(gateway(Shop())).customers(["7001"])

    assert read.customers == {"7001": None}


def test_too_costly_queries_are_halved_until_they_fit() -> None:
    """250 ids start at 100, go down to 25, and stay there."""
    shop = Shop(*(customer(str(n)) for n in range(250)), most=30)

    read = Reader(gateway(shop)).customers(str(n) for n in range(250))

    assert shop.asked == [100, 50, *[25] * 10]
    assert all(read.customers[str(n)] for n in range(250))


def test_one_id_that_is_too_costly_is_refused() -> None:
    """Halving ends at a single id."""
    with pytest.raises(AdminTooCostly):
        Reader(gateway(Shop(most=0))).customers(["7001"])


@pytest.mark.parametrize("id_", ["", "abc", "-1", "7001 ", "\u0667", "9" * 5000])
def test_impossible_id_is_not_there_and_spoils_no_query(id_: str) -> None:
    """Shopify refuses a whole query for an id that it cannot have; it is never asked."""
    shop = Shop(customer("7001"))

    read = Reader(gateway(shop)).customers([id_, "7001"])

    assert read.customers[id_] is None
    assert read.customers["7001"]
    assert shop.asked == [1]


def test_large_id_keeps_every_digit() -> None:
    """An id beyond 2^53 comes back as it went."""
    read = Reader(gateway(Shop(customer("9007199254740993")))).customers(["9007199254740993"])

    found = read.customers["9007199254740993"]
    assert found is not None
    assert found.id == "9007199254740993"


def test_customer_that_failed_is_absent_not_deleted() -> None:
    """An internal error under one node says nothing about that customer."""
    broken = answering(
        data={"nodes": [customer("7001"), None]},
        errors=[problem("INTERNAL_SERVER_ERROR", "nodes", 1)],
    )

    read = Reader(gateway(broken)).customers(["7001", "7002"])

    assert read.customers.keys() == {"7001"}


def test_denied_field_is_named_and_the_rest_is_used() -> None:
    """Without `read_orders` the last order is missing; everything else is there."""
    answer = answering(
        data={"nodes": [customer("7001", lastOrder=None)]},
        errors=[problem("ACCESS_DENIED", "nodes", 0, "lastOrder")],
    )

    read = Reader(gateway(answer)).customers(["7001"])

    assert read.denied == ("nodes.lastOrder",)
    assert read.customers["7001"]


def test_denied_customers_are_a_refusal() -> None:
    """A null because of a missing scope must not look like a deletion."""
    answer = answering(
        data={"nodes": [None]}, errors=[problem("ACCESS_DENIED", "nodes", 0, "firstName")]
    )

    with pytest.raises(AdminRejected, match=r"nodes\.firstName"):
        Reader(gateway(answer)).customers(["7001"])


@pytest.mark.parametrize("data", [{"nodes": None}, {"nodes": []}, {}])
def test_answer_without_the_nodes_may_pass(data: dict[str, Any]) -> None:
    """Fewer nodes than ids cannot be paired, so nothing is."""
    with pytest.raises(AdminUnavailable):
        Reader(gateway(answering(data=data))).customers(["7001"])


def test_text_that_queues_would_refuse_is_cleaned() -> None:
    """A lone surrogate or NUL in a name becomes U+FFFD."""
    read = Reader(gateway(Shop(customer("7001", firstName="A\ud800\x00")))).customers(["7001"])

    found = read.customers["7001"]
    assert found is not None
    assert found.first_name == "A\ufffd\ufffd"


def test_buyer_is_the_customer_before_what_was_typed_at_checkout() -> None:
    """Whose an order is: the account's addresses first, the order's where those are missing."""
    order = {
        "id": "gid://shopify/Order/5001",
        "email": "typed@example.com",
        "phone": "+14155550199",
        "customer": {
            "id": "gid://shopify/Customer/7001",
            "defaultEmailAddress": {"emailAddress": "asha@example.com"},
            "defaultPhoneNumber": None,
        },
    }

    buyers = Reader(gateway(Shop(order))).buyers(["5001", "5002"])

    assert buyers == {
        "5001": Identity(customer_id="7001", email="asha@example.com", phone="+14155550199"),
        "5002": None,
    }


def test_buyers_that_failed_are_read_again_later() -> None:
    """An order that could not be read must not end as nobody's."""
    broken = answering(data={"nodes": [None]}, errors=[problem("TIMEOUT", "nodes", 0)])

    with pytest.raises(AdminUnavailable):
        Reader(gateway(broken)).buyers(["5001"])
