"""
Google's published rules for a product feed in RSS 2.0, as far as our attributes go.

From the product data specification (support.google.com/merchants/answer/7052112), the
RSS 2.0 specification for product data (answer/14987622) and the pages of `gtin`,
`price` and `sale_price`. Written out here independently of the code that builds feeds.
"""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from xml.etree import ElementTree as ET

NAMESPACE = "{http://base.google.com/ns/1.0}"

REQUIRED = (
    "id", "title", "description", "link", "image_link", "availability", "price",
)  # fmt: skip
LONGEST = {
    "id": 50, "title": 150, "description": 5000, "link": 2000, "image_link": 2000,
    "additional_image_link": 2000, "item_group_id": 50, "brand": 70, "gtin": 14,
    "product_type": 750, "color": 100, "size": 100, "material": 200,
}  # fmt: skip
VALUES = {
    "availability": {"in_stock", "out_of_stock", "preorder", "backorder"},
    "identifier_exists": {"yes", "no"},
}
KNOWN = {*LONGEST, *VALUES, "availability", "price", "sale_price"}
ADDRESSES = ("link", "image_link", "additional_image_link")
MONEY = re.compile(r"([0-9]+(?:\.[0-9]+)?) ([A-Z]{3})")


def items(feed: bytes) -> list[dict[str, list[str]]]:
    """Read the items of a feed: each attribute with its values."""
    channel = ET.fromstring(feed).find("channel")
    assert channel is not None
    read = []
    for element in channel.findall("item"):
        told: dict[str, list[str]] = {}
        for attribute in element:
            told.setdefault(attribute.tag.removeprefix(NAMESPACE), []).append(attribute.text or "")
        read.append(told)
    return read


def broken(feed: bytes) -> list[str]:
    """Name every rule that a feed breaks; a text that is no XML breaks the first."""
    try:
        root = ET.fromstring(feed)
    except ET.ParseError as exc:
        return [f"not well-formed: {exc}"]
    return [*_frame(root), *_identity(feed), *(each for item in items(feed) for each in _of(item))]


def _frame(root: ET.Element) -> Iterator[str]:
    if root.tag != "rss" or root.get("version") != "2.0":
        yield "not RSS 2.0"
    channels = root.findall("channel")
    if len(channels) != 1:
        yield "not one channel"
    for channel in channels:
        for name in ("title", "link", "description"):
            if not (channel.findtext(name) or "").strip():
                yield f"channel without {name}"
        for attribute in channel.iterfind("item/*"):
            if not attribute.tag.startswith(NAMESPACE):
                yield f"{attribute.tag} is not in Google's namespace"


def _identity(feed: bytes) -> Iterator[str]:
    ids = Counter(item.get("id", [""])[0] for item in items(feed))
    yield from (f"id {id_} stands twice" for id_, count in ids.items() if count > 1)


def _of(item: dict[str, list[str]]) -> Iterator[str]:
    id_ = item.get("id", ["?"])[0]
    yield from (f"{id_}: no {name}" for name in REQUIRED if name not in item)
    yield from (f"{id_}: unknown {name}" for name in item if name not in KNOWN)
    for name, values in item.items():
        if len(values) > (10 if name == "additional_image_link" else 1):
            yield f"{id_}: {name} too often"
        for value in values:
            yield from (f"{id_}: {name} {what}" for what in _value(name, value))
    yield from (f"{id_}: {what}" for what in _together(item))


def _value(name: str, value: str) -> Iterator[str]:
    if not value or value != value.strip():
        yield "is empty or padded"
    if len(value) > LONGEST.get(name, 10**6):
        yield "is too long"
    if name in VALUES and value not in VALUES[name]:
        yield f"is {value}"
    if name in ADDRESSES and not re.fullmatch(r"https?://[^\s<>\"]+", value):
        yield "is no address"
    if name in ("price", "sale_price") and not MONEY.fullmatch(value):
        yield "is no amount with an ISO 4217 currency"
    if name == "gtin" and not _is_gtin(value):
        yield "is no global trade item number"


def _together(item: dict[str, list[str]]) -> Iterator[str]:
    price = MONEY.fullmatch(item.get("price", [""])[0])
    if price and Decimal(price[1]) <= 0:
        yield "price is not above zero"
    if "sale_price" in item and price:
        sale = MONEY.fullmatch(item["sale_price"][0])
        if sale and (sale[2] != price[2] or not 0 < Decimal(sale[1]) < Decimal(price[1])):
            yield "sale_price is not a lower price in the same currency"
    if item.get("identifier_exists") == ["yes"] and "gtin" not in item:
        yield "an identifier that is not there"


def _is_gtin(value: str) -> bool:
    if not re.fullmatch(r"[0-9]{8}|[0-9]{12,14}", value):
        return False
    digits = [int(digit) for digit in value.zfill(14)]
    if sum(digits[0::2]) * 3 % 10 != -sum(digits[1::2]) % 10:
        return False
    return len(value) == 8 or not re.match(r"02|04|05|2|98[1-4]|99", value.zfill(14)[1:])
