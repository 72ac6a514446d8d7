"""Our readers against the store simulator, which executes them on Shopify's real schema."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from local.netcore.in_process import InProcess
from local.store.app import Shop, create_app
from local.store.world import SHOP
from shopbridge.errors import AdminRejected
from shopbridge.shopify import wire
from shopbridge.shopify.gateway import Gateway
from shopbridge.shopify.readers import Reader

BASE = "http://store.test"


@pytest.fixture(scope="module")
def store() -> Iterator[httpx.Client]:
    """A simulated store with a hundred customers and their orders."""
    shop = Shop(customers=100)
    transport = InProcess(create_app([shop]))
    with httpx.Client(transport=transport, base_url=BASE) as client:
        yield client


def reader(store: httpx.Client, token: str = Shop().terms.token) -> Reader:
    """Open the store's Admin API."""
    return Reader(Gateway(wire.connect(BASE, store._transport), SHOP, token))


def numbers(store: httpx.Client, kind: str) -> list[str]:
    """List the ids of everything of `kind` in the store."""
    found: Any = store.get(f"/_world/{kind}").json()
    return [str(one["id"]).rpartition("/")[2] for one in found]


def test_all_customers_are_read(store: httpx.Client) -> None:
    """Every customer comes with what the mapping needs; nobody is missing."""
    ids = numbers(store, "customers")

    read = reader(store).customers([*ids, "404"])

    assert len(ids) >= 100
    assert [read.customers[one] is not None for one in ids] == [True] * len(ids)
    assert read.customers["404"] is None
    assert read.denied == ()


def test_buyers_of_all_orders_are_found(store: httpx.Client) -> None:
    """Every order leads to somebody."""
    ids = numbers(store, "orders")

    buyers = reader(store).buyers(ids)

    assert buyers.keys() == set(ids)
    assert all(buyers.values())


def test_wrong_token_is_refused(store: httpx.Client) -> None:
    """The simulator refuses a token that is not the store's, as Shopify does."""
    with pytest.raises(AdminRejected, match="401"):
        reader(store, "shpat_other").customers(["1"])
