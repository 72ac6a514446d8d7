"""What a variant becomes in the feed, and which variants are not in it."""

from typing import Any

import pytest

from shopbridge.catalogue.item import Choice, entry, left_out
from tests.unit.catalogue.goods import row


def test_item_says_what_the_row_knows() -> None:
    """Google's attributes in the order they are written in."""
    told = entry(row(), Choice())

    assert list(told.item.items()) == [
        ("id", "11"),
        ("item_group_id", "1"),
        ("title", "Bean Bag - Blue"),
        ("description", "Soft."),
        ("link", "https://vapid-store.example/products/bean-bag?variant=11"),
        ("image_link", "https://cdn.example/bag.png"),
        ("additional_image_link", ["https://cdn.example/bag-open.png"]),
        ("availability", "in_stock"),
        ("price", "12.50 EUR"),
        ("sale_price", "10.00 EUR"),
        ("brand", "Bean Co"),
        ("gtin", "4006381333931"),
        ("identifier_exists", "yes"),
        ("product_type", "Furniture"),
        ("color", "Blue"),
    ]
    assert (told.currency, told.sku) == ("EUR", "SKU-11")
    assert told.stock == [
        {"location": "5", "name": "Shop", "available": 7},
        {"location": "6", "name": "Warehouse", "available": -1},
    ]


@pytest.mark.parametrize(
    ("price", "before", "currency", "told"),
    [
        ("10.00", "", "EUR", ("10.00 EUR", None)),
        ("10.00", "10.00", "EUR", ("10.00 EUR", None)),
        ("10.00", "8.00", "EUR", ("10.00 EUR", None)),
        ("10.00", "0.00", "EUR", ("10.00 EUR", None)),
        ("1200.00", "1500.0", "JPY", ("1500 JPY", "1200 JPY")),
        ("1.5", "2", "KWD", ("2.000 KWD", "1.500 KWD")),
    ],
)
def test_compare_at_price_makes_a_sale_only_where_it_is_higher(
    price: str, before: str, currency: str, told: tuple[str, str | None]
) -> None:
    """The higher of two prices is the price, the other the sale's; digits as the currency has."""
    item = entry(row(price=price, compare_at_price=before, currency=currency), Choice()).item

    assert (item["price"], item.get("sale_price")) == told


def test_prices_may_go_without_currency() -> None:
    """As in Netcore's own example."""
    item = entry(row(), Choice(currency_in_prices=False)).item

    assert (item["price"], item["sale_price"]) == ("12.50", "10.00")


@pytest.mark.parametrize(
    ("changes", "off", "availability"),
    [
        ({}, [], "in_stock"),
        ({"availability": "out_of_stock"}, [], "out_of_stock"),
        ({}, ["6"], "in_stock"),
        ({}, ["5"], "out_of_stock"),
        ({"availability": "out_of_stock"}, ["6"], "in_stock"),
        ({}, ["5", "6"], "out_of_stock"),
        ({"inventory_policy": "continue"}, ["5", "6"], "in_stock"),
        ({"tracked": False, "inventory": {}}, ["5"], "in_stock"),
    ],
)
def test_chosen_locations_decide_what_is_in_stock(
    changes: dict[str, Any], off: list[str], availability: str
) -> None:
    """Shopify's word, until some locations do not count; what is sold on anyway stays in stock."""
    told = entry(row(**changes), Choice(off=frozenset(off)))

    assert told.item["availability"] == availability
    assert not {one["location"] for one in told.stock} & set(off)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"status": "draft"}, "not active"),
        ({"status": "archived"}, "not active"),
        ({"link": ""}, "not published"),
        ({"link": f"https://vapid-store.example/{'x' * 2000}"}, "not published"),
        ({"image_link": ""}, "no image"),
        ({"image_link": "https://cdn.example/a b.png"}, "no image"),
        ({"image_link": "//cdn.example/a.png"}, "no image"),
        ({"price": "0.00"}, "no price"),
        ({"sku": "", "barcode": "", "gtin": "", "description": "", "options": {}}, None),
    ],
)
def test_what_google_would_refuse_is_left_out(changes: dict[str, Any], reason: str | None) -> None:
    """Each with the reason that the merchant is shown."""
    assert left_out(row(**changes)) == reason


def test_missing_parts_are_missing_attributes() -> None:
    """Without identifier it says so; without description the title stands for it."""
    bare = row(description="", brand="", gtin="", product_type="", options={}, more_images=[])

    item = entry(bare, Choice()).item

    assert item["description"] == "Bean Bag - Blue"
    assert item["identifier_exists"] == "no"
    assert not {"brand", "gtin", "product_type", "color", "additional_image_link"} & set(item)


def test_rows_of_an_older_version_are_read() -> None:
    """A product that nobody touched since the last release lacks the newer columns."""
    old = row()
    for name in ("more_images", "options", "tracked", "inventory_policy"):
        del old[name]

    item = entry(old, Choice(off=frozenset({"5"}))).item

    assert item["availability"] == "in_stock"
