"""Built feeds keep Google's published rules, whatever a catalogue holds."""

import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbridge.catalogue.building import Contents, Written
from shopbridge.catalogue.item import Choice
from shopbridge.catalogue.rows import Row
from shopbridge.catalogue.wording import Channel
from tests.feed_rules import broken, items
from tests.unit.catalogue.goods import Shelf, row

AWKWARD: dict[str, dict[str, Any]] = {
    "html": {"description": "<p>Soft &amp; <b>warm</b></p>", "title": "A < B & C > D"},
    "emojis": {"title": "Bean Bag 🛋️ 👨‍👩‍👧", "description": "🔥" * 6000},
    "control characters": {"title": "Bean\x00 Bag\x0b\x1f", "description": "a\x08b\ufffe\uffffc"},
    "lines and tabs": {"description": "\n\tSoft\r\n and   warm.\u2028 "},
    "end of CDATA": {"description": "]]> <![CDATA[ <!-- -->"},
    "very long": {"title": "x " * 400, "brand": "y" * 400, "product_type": "z" * 2000},
    "nothing in it": {"title": " ", "description": "\x00", "brand": "", "sku": "", "gtin": ""},
    "yen": {"price": "1200.0", "compare_at_price": "", "currency": "JPY"},
    "dinar": {"price": "1.5", "compare_at_price": "2", "currency": "KWD"},
    "sold on without stock": {"inventory_policy": "continue", "inventory": {}},
    "not tracked": {"tracked": False, "inventory": {}},
    "many pictures": {"more_images": [f"https://cdn.example/{n}.png" for n in range(20)]},
    "broken picture": {"more_images": ["", "ftp://cdn.example/x.png", "javascript:alert(1)"]},
    "ampersands in addresses": {"link": "https://vapid-store.example/x?variant=11&a=1&lt=2"},
    "options of other names": {"options": {"SIZE ": "M", "Colour": "Blue", "Fabric": "Wool"}},
}


@pytest.mark.parametrize("changes", AWKWARD.values(), ids=AWKWARD)
def test_awkward_products_break_no_rule(changes: dict[str, Any]) -> None:
    """Each is in the feed, and the feed is what Google publishes."""
    shelf = Shelf()

    contents = shelf.build([row(**changes)])

    assert broken(shelf.xml) == []
    assert contents.items == 1
    assert len(json.loads(shelf.json)) == 1


texts = st.text(max_size=300)
prices = st.decimals("0", "99999999", places=2).map(str)
rows = st.builds(
    row,
    id_=st.integers(1, 10**12),
    title=texts,
    description=texts,
    brand=texts,
    product_type=texts,
    sku=texts,
    price=prices,
    compare_at_price=st.one_of(st.just(""), prices),
    currency=st.sampled_from(["EUR", "JPY", "KWD"]),
    status=st.sampled_from(["active", "draft", "archived"]),
    link=st.sampled_from(["", "https://vapid-store.example/p?variant=1&x=2"]),
    image_link=st.sampled_from(["", "https://cdn.example/a.png"]),
    options=st.dictionaries(st.sampled_from(["Size", "Color", "Material", "Cut"]), texts),
)


@given(st.text(min_size=1, max_size=50))
def test_no_name_of_a_store_breaks_a_rule(name: str) -> None:
    """Merchants call their store what they like."""
    shelf = Shelf()

    shelf.build([row()], channel=Channel(f"My {name}", "https://x.example", f"Goods of {name}"))

    assert broken(shelf.xml) == []


@given(st.lists(rows, max_size=5, unique_by=lambda one: str(one["id"])))
def test_no_catalogue_breaks_a_rule(found: list[Row]) -> None:
    """Whatever text merchants write: every variant is in the feed or counted as left out."""
    shelf = Shelf()

    contents = shelf.build(found)

    assert broken(shelf.xml) == []
    assert len(items(shelf.xml)) == len(json.loads(shelf.json)) == contents.items
    assert contents.items + sum(contents.left_out.values()) == len(found)


@pytest.mark.parametrize(
    ("good", "bad", "rule"),
    [
        ("<g:id>11</g:id>", "", "?: no id"),
        ("12.50 EUR", "12.50", "11: price is no amount with an ISO 4217 currency"),
        ("12.50 EUR", "12,50 EUR", "11: price is no amount with an ISO 4217 currency"),
        ("10.00 EUR", "13.00 EUR", "11: sale_price is not a lower price in the same currency"),
        ("10.00 EUR", "10.00 USD", "11: sale_price is not a lower price in the same currency"),
        ("in_stock", "in stock", "11: availability is in stock"),
        ("4006381333931", "4006381333930", "11: gtin is no global trade item number"),
        ("https://cdn.example/bag.png", "bag.png", "11: image_link is no address"),
        ("Soft.", "x" * 5001, "11: description is too long"),
        ("<g:brand>Bean Co</g:brand>", "<brand>x</brand>", "brand is not in Google's namespace"),
        ("Soft.", "Soft & warm", "not well-formed"),
        ("Soft.", "\x01", "not well-formed"),
        ('version="2.0"', 'version="1.0"', "not RSS 2.0"),
    ],
)
def test_the_rules_find_what_is_wrong(good: str, bad: str, rule: str) -> None:
    """A feed that was good breaks exactly the rule that is broken in it."""
    shelf = Shelf()
    shelf.build([row()])
    text = shelf.xml.decode()
    place = text.index(good)

    found = broken((text[:place] + bad + text[place + len(good) :]).encode())

    assert any(one.startswith(rule) for one in found), found


def test_feed_reads_as_written() -> None:
    """The document, letter by letter."""
    shelf = Shelf()

    shelf.build([row(title="Bean & Bag"), row(12, status="draft")])

    assert shelf.xml.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n<channel>\n'
        "<title>Vapid &amp; Sons</title>\n<link>https://vapid-store.example</link>\n"
        "<description>Products of Vapid &amp; Sons</description>\n"
        "<item>\n<g:id>11</g:id>\n<g:item_group_id>1</g:item_group_id>\n"
        "<g:title>Bean &amp; Bag</g:title>\n<g:description>Soft.</g:description>\n"
        "<g:link>https://vapid-store.example/products/bean-bag?variant=11</g:link>\n"
        "<g:image_link>https://cdn.example/bag.png</g:image_link>\n"
        "<g:additional_image_link>https://cdn.example/bag-open.png</g:additional_image_link>\n"
        "<g:availability>in_stock</g:availability>\n<g:price>12.50 EUR</g:price>\n"
        "<g:sale_price>10.00 EUR</g:sale_price>\n<g:brand>Bean Co</g:brand>\n"
        "<g:gtin>4006381333931</g:gtin>\n<g:identifier_exists>yes</g:identifier_exists>\n"
        "<g:product_type>Furniture</g:product_type>\n<g:color>Blue</g:color>\n</item>\n"
        "</channel>\n</rss>\n"
    )
    assert json.loads(shelf.json) == [
        {
            "id": "11",
            "item_group_id": "1",
            "title": "Bean & Bag",
            "description": "Soft.",
            "link": "https://vapid-store.example/products/bean-bag?variant=11",
            "image_link": "https://cdn.example/bag.png",
            "additional_image_link": ["https://cdn.example/bag-open.png"],
            "availability": "in_stock",
            "price": "12.50 EUR",
            "sale_price": "10.00 EUR",
            "brand": "Bean Co",
            "gtin": "4006381333931",
            "identifier_exists": "yes",
            "product_type": "Furniture",
            "color": "Blue",
            "currency": "EUR",
            "sku": "SKU-11",
            "inventory": [
                {"location": "5", "name": "Shop", "available": 7},
                {"location": "6", "name": "Warehouse", "available": -1},
            ],
        }
    ]


def test_an_empty_catalogue_is_an_empty_feed() -> None:
    """Nothing to sell is no reason for an error at Netcore."""
    shelf = Shelf()

    contents = shelf.build([])

    assert broken(shelf.xml) == []
    assert json.loads(shelf.json) == []
    assert (contents.items, contents.left_out, contents.locations) == (0, {}, {})


def test_contents_say_what_was_built() -> None:
    """Counts by reason, names of locations, and sizes of what lies at S3."""
    shelf = Shelf()

    contents = shelf.build([row(11), row(12, price="0"), row(13, price="0"), row(14, link="")])

    sizes = {key: sink.size for key, sink in shelf.sinks.items()}
    assert contents == Contents(
        items=1,
        left_out={"no price": 2, "not published": 1},
        locations={"5": "Shop", "6": "Warehouse"},
        formats={
            "xml": Written(contents.formats["xml"].etag, sizes["xml", False], sizes["xml", True]),
            "json": Written(
                contents.formats["json"].etag, sizes["json", False], sizes["json", True]
            ),
        },
    )
    assert {sink.state for sink in shelf.sinks.values()} == {"closed"}


def test_equal_content_has_an_equal_etag() -> None:
    """And another price another one; when it was built makes no difference."""
    etags = [Shelf().build([one]).formats["xml"].etag for one in (row(), row(), row(price="9"))]

    assert etags[0] == etags[1] != etags[2]


def test_a_row_that_cannot_be_read_leaves_nothing_behind() -> None:
    """The feed that was there stays; the new one is given up whole."""
    shelf = Shelf()

    with pytest.raises(KeyError):
        shelf.build([row(), {"id": "12"}])

    assert {sink.state for sink in shelf.sinks.values()} == {"given up"}


def test_choice_has_a_name_that_changes_with_it() -> None:
    """What was built by another choice is built anew."""
    names = {Choice().digest, Choice(frozenset("5")).digest, Choice(frozenset(), False).digest}

    assert len(names) == 3


def test_xml_is_utf_8() -> None:
    """Letters of any script arrive as they are."""
    shelf = Shelf()

    shelf.build([row(title="Sitzsack, größer 座布団")])

    found = ET.fromstring(shelf.xml).find(".//{http://base.google.com/ns/1.0}title")
    assert found is not None
    assert found.text == "Sitzsack, größer 座布団"
