"""The catalogue's rows become what Shopify says now, whatever the order of reads."""

import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from graphql import build_client_schema, parse

from local.schema import SCHEMA
from local.store.admin.cost import linear
from local.store.admin.meter import Meter
from shopbridge.catalogue.delivery import Services, deliver
from shopbridge.catalogue.feeds import Feeds
from shopbridge.catalogue.reading import ITEMS_AT_ONCE, VARIANTS_AT_ONCE, ProductReader
from shopbridge.catalogue.table import Catalogue
from shopbridge.commands import RefreshProduct
from shopbridge.errors import AdminRejected, AdminUnavailable
from shopbridge.shopify.documents import load
from shopbridge.shopify.verdict import Problem
from shopbridge.work import Ended, Item, Later, Result
from tests.integration.account import NOW, STORE, Account
from tests.integration.messages import HEAD
from tests.integration.shop import Shop, level, product, variant


class Shelf:
    """A store whose shop answers in process, and whose clock moves on with every look."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.shop = Shop()
        self.looks = 0
        self.store = account.repository(STORE).install(NOW)

    def now(self) -> datetime:
        """Return a later moment each time."""
        self.looks += 1
        return NOW + timedelta(milliseconds=self.looks)

    @property
    def services(self) -> Services:
        """What the worker gets."""
        return Services(
            station=replace(self.account.station, now=self.now),
            reader=lambda store, lane: ProductReader(self.shop),
            catalogue=lambda store: Catalogue(self.account.catalogue, store),
            feeds=Feeds(self.account.catalogue),
        )

    def refresh(self, *commands: RefreshProduct) -> Sequence[Result]:
        """Carry commands out as one batch."""
        return deliver(self.store, [item(one) for one in commands], self.services)

    def rows(self, store: str = STORE) -> dict[str, dict[str, Any]]:
        """Return the feed's rows by key; a product's own row is none of them."""
        found = self.account.catalogue.scan()["Items"]
        return {str(row["variant"]): row for row in found if row["store"] == store and "id" in row}


def item(command: RefreshProduct) -> Item[RefreshProduct]:
    """Wrap a command as the worker's shell does."""
    return Item(HEAD, 0, command, "m1", 1)


@pytest.fixture
def shelf(account: Account) -> Shelf:
    """Give out an empty store."""
    return Shelf(account)


def test_row_holds_what_the_feed_shows(shelf: Shelf) -> None:
    """One row for each variant, money as text, stock by location."""
    shelf.shop.put(product(1, variant(11, level(5, 7), level(6, -1))))

    results = shelf.refresh(RefreshProduct("1"))

    assert results == [Ended("delivered")]
    row = shelf.rows()["1#11"]
    del row["version"], row["digest"]
    assert row == {
        "store": STORE,
        "variant": "1#11",
        "id": "11",
        "item_group_id": "1",
        "title": "Bean Bag - Blue",
        "description": "Soft.",
        "link": "https://vapid-store.example/products/bean-bag?variant=11",
        "image_link": "https://cdn.example/bag.png",
        "more_images": ["https://cdn.example/bag.png", "https://cdn.example/bag-open.png"],
        "options": {"Color": "Blue"},
        "price": "10.00",
        "compare_at_price": "12.50",
        "currency": "EUR",
        "availability": "in_stock",
        "brand": "Bean Co",
        "product_type": "Furniture",
        "sku": "SKU-11",
        "barcode": "4006381333931",
        "gtin": "4006381333931",
        "status": "active",
        "tracked": True,
        "inventory_policy": "deny",
        "inventory": {
            "5": {"name": "Place 5", "available": 7},
            "6": {"name": "Place 6", "available": -1},
        },
    }


def test_missing_parts_are_empty(shelf: Shelf) -> None:
    """A product without options, barcode, picture, page or tracked stock."""
    bare = variant(
        11,
        title="Default Title",
        sku=None,
        barcode="not-a-number",
        compareAtPrice=None,
        availableForSale=False,
        inventoryItem={"id": "gid://shopify/InventoryItem/111", "tracked": False},
    )
    shelf.shop.put(product(1, bare, onlineStoreUrl=None, featuredMedia=None, status="DRAFT"))

    shelf.refresh(RefreshProduct("1"))

    row = shelf.rows()["1#11"]
    empty = ("sku", "gtin", "compare_at_price", "link", "image_link", "inventory")
    assert [row[name] for name in empty] == ["", "", "", "", "", {}]
    assert (row["title"], row["barcode"]) == ("Bean Bag", "not-a-number")
    assert (row["availability"], row["status"]) == ("out_of_stock", "draft")


def test_nothing_changed_is_unchanged(shelf: Shelf) -> None:
    """A second refresh of the same state writes no row."""
    shelf.shop.put(product(1, variant(11)))
    shelf.refresh(RefreshProduct("1"))
    before = shelf.rows()

    results = shelf.refresh(RefreshProduct("1"))

    assert results == [Ended("unchanged")]
    assert shelf.rows() == before


def test_a_change_is_noted_for_the_feed_before_it_is_made(shelf: Shelf) -> None:
    """Until the worker's end more may change: a feed that is built before then is built again."""
    feeds = Feeds(shelf.account.catalogue)
    shelf.account.station.shift.begin(NOW, None)
    shelf.shop.put(product(1, variant(11)), product(2, variant(21)))

    shelf.refresh(RefreshProduct("1"), RefreshProduct("2"))

    feed = feeds.get(STORE)
    assert feed
    assert feed.changed_until == NOW + timedelta(seconds=65)


def test_what_did_not_change_is_not_noted(shelf: Shelf) -> None:
    """A refresh that finds the rows as they are has no feed built."""
    feeds = Feeds(shelf.account.catalogue)
    shelf.shop.put(product(1, variant(11)))
    shelf.refresh(RefreshProduct("1"))
    feeds.forget(STORE)

    shelf.refresh(RefreshProduct("1"))

    assert feeds.get(STORE) is None


def test_a_deletion_is_a_change(shelf: Shelf) -> None:
    """What is gone from the shop must go from the feed."""
    feeds = Feeds(shelf.account.catalogue)
    shelf.shop.put(product(1, variant(11)))
    shelf.refresh(RefreshProduct("1"))
    feeds.forget(STORE)
    shelf.shop.products.clear()

    shelf.refresh(RefreshProduct("1"))

    assert feeds.get(STORE) is not None


def test_variants_that_vanished_go(shelf: Shelf) -> None:
    """A removed variant loses its row; products with similar ids keep theirs."""
    shelf.shop.put(product(1, variant(11), variant(12)), product(12, variant(21)))
    shelf.refresh(RefreshProduct("1"), RefreshProduct("12"))
    shelf.shop.put(product(1, variant(12)))

    results = shelf.refresh(RefreshProduct("1"))

    assert results == [Ended("delivered")]
    assert sorted(shelf.rows()) == ["1#12", "12#21"]


def test_deleted_product_loses_its_rows(shelf: Shelf) -> None:
    """A product that Shopify no longer has is delivered as gone."""
    shelf.shop.put(product(1, variant(11)))
    shelf.refresh(RefreshProduct("1"))
    shelf.shop.products.clear()

    results = shelf.refresh(RefreshProduct("1"))

    assert results == [Ended("delivered", "deleted in Shopify")]
    assert shelf.rows() == {}


def test_all_pages_are_read(shelf: Shelf) -> None:
    """120 variants in pages of 24, the first of them with stock on two pages."""
    first = variant(1, level(5, 1))
    first["inventoryItem"]["inventoryLevels"]["pageInfo"] = {
        "hasNextPage": True,
        "endCursor": "x",
    }
    shelf.shop.more_levels["gid://shopify/InventoryItem/101"] = [level(6, 2)]
    shelf.shop.put(product(1, first, *(variant(n) for n in range(2, 121))))

    shelf.refresh(RefreshProduct("1"))

    assert len(shelf.rows()) == 120
    assert sorted(shelf.rows()["1#1"]["inventory"]) == ["5", "6"]
    assert shelf.shop.asked == [*["Product"] * 5, "InventoryLevels"]


def test_too_costly_query_is_made_smaller(shelf: Shelf) -> None:
    """Where Shopify refuses 24 variants at once, fewer are asked for."""
    shelf.shop.most_variants = 12
    shelf.shop.put(product(1, *(variant(n) for n in range(1, 21))))

    results = shelf.refresh(RefreshProduct("1"))

    assert results == [Ended("delivered")]
    assert len(shelf.rows()) == 20
    assert shelf.shop.asked == ["Product"] * 3


def test_product_is_read_once_in_a_batch(shelf: Shelf) -> None:
    """Repeats and stock changes of one product are one read, each with its outcome."""
    shelf.shop.put(product(1, variant(11)))

    results = shelf.refresh(
        RefreshProduct("1"), RefreshProduct("1"), RefreshProduct(inventory_item_id="111")
    )

    assert results == [Ended("delivered")] * 3
    assert shelf.shop.asked == ["StockedProducts", "Product"]


def test_many_stock_changes_are_looked_up_in_parts(shelf: Shelf) -> None:
    """100 inventory items cost more than one query may; each still finds its product."""
    shelf.shop.put(*(product(n, variant(n * 10)) for n in range(1, 101)))

    results = shelf.refresh(
        *(RefreshProduct(inventory_item_id=str(n * 10 + 100)) for n in range(1, 101))
    )

    assert results == [Ended("delivered")] * 100
    assert shelf.shop.asked.count("StockedProducts") == 3
    assert len(shelf.rows()) == 100


def test_stock_of_nothing_changes_nothing(shelf: Shelf) -> None:
    """An inventory item that Shopify no longer has belongs to no product."""
    results = shelf.refresh(RefreshProduct(inventory_item_id="999"))

    assert results == [Ended("unchanged", "deleted in Shopify")]


def test_older_read_does_not_win(shelf: Shelf) -> None:
    """A read that began earlier and ends later gives way."""
    shelf.shop.put(product(1, variant(11)))
    later = Catalogue(shelf.account.catalogue, STORE)
    shelf.shop.before = lambda: later.begin("1", "2026-11-23T09:00:00.000000Z")

    results = shelf.refresh(RefreshProduct("1"))

    assert results == [Ended("superseded", "read again since")]
    assert shelf.rows() == {}


def test_overtaken_read_is_repeated(account: Account) -> None:
    """Rows that an older read wrote late are found out by looking again at the end."""
    catalogue = Catalogue(account.catalogue, STORE)
    old, new = "2026-11-23T08:00:00.000000Z", "2026-11-23T08:00:01.000000Z"
    began = catalogue.begin("1", old)
    catalogue.begin("1", new)
    catalogue.replace("1", old, [{"id": "11"}], nobody_told)

    newest = catalogue.is_newest("1", old)

    assert (began, newest) == (True, False)


def test_older_row_never_replaces_a_newer_one(account: Account) -> None:
    """A late write of an older read bounces off the row of a newer one."""
    catalogue = Catalogue(account.catalogue, STORE)
    catalogue.replace("1", "2026-11-23T08:00:01.000000Z", [{"id": "11", "price": "2"}], nobody_told)

    catalogue.replace("1", "2026-11-23T08:00:00.000000Z", [{"id": "11", "price": "1"}], nobody_told)

    row = account.catalogue.get_item(Key={"store": STORE, "variant": "1#11"})["Item"]
    assert row["price"] == "2"


def test_throttled_store_puts_the_rest_off(shelf: Shelf) -> None:
    """After THROTTLED no further product is asked for; all wait as Shopify says, at least."""
    shelf.shop.before = raising(AdminUnavailable("throttled", retry_after=7.0))

    results = shelf.refresh(RefreshProduct("1"), RefreshProduct("2"))

    assert results == [Later("Shopify unavailable: throttled", at_least=7.0)] * 2
    assert shelf.shop.asked == []


def test_refusal_parks(shelf: Shelf) -> None:
    """A scope that was withdrawn is for somebody to mend."""
    shelf.shop.before = raising(AdminRejected("Shopify answered 403"))

    results = shelf.refresh(RefreshProduct("1"))

    assert results == [Ended("parked", "Shopify answered 403")]


def test_null_out_of_a_forbidden_field_deletes_nothing(shelf: Shelf) -> None:
    """A product that is null because of a missing scope is not a deleted product."""
    shelf.shop.put(product(1, variant(11)))
    shelf.refresh(RefreshProduct("1"))
    shelf.shop.products.clear()
    shelf.shop.problems = (Problem("ACCESS_DENIED", ("nodes", 0, "variants")),)

    results = shelf.refresh(RefreshProduct("1"))

    assert results == [Ended("parked", "Shopify denies access to nodes.variants")]
    assert sorted(shelf.rows()) == ["1#11"]


def test_late_worker_leaves_the_rest(shelf: Shelf) -> None:
    """Near the end of its time the worker begins no other product."""
    shelf.account.station.shift.last_start = NOW - timedelta(seconds=1)

    results = shelf.refresh(RefreshProduct("1"))

    assert results == [Later("no time left for it", 1.0)]


@pytest.mark.parametrize(
    ("document", "variables"),
    [
        ("product", {"ids": ["x"], "variants": VARIANTS_AT_ONCE, "after": None}),
        ("stocked_products", {"ids": ["x"] * ITEMS_AT_ONCE}),
        ("inventory_levels", {"ids": ["x"], "after": None}),
    ],
)
def test_no_query_asks_for_more_than_shopify_gives(
    document: str, variables: dict[str, Any]
) -> None:
    """Under the dearer of the two cost rules each first attempt stays below 1,000 points."""
    with gzip.open(SCHEMA) as file:
        schema = build_client_schema(json.load(file)["data"], assume_valid=True)

    points = Meter(schema, parse(load(document)), variables, linear).points(None)

    assert points <= 1000


def raising(exc: Exception) -> Any:
    """Return a function that raises `exc`."""

    def fail() -> None:
        raise exc

    return fail


def nobody_told() -> None:
    """Stand for the mark that something is changing."""
