"""From a row of the catalogue to an item of the feed, by the rules Google publishes. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from shopbridge.catalogue.rows import Row
from shopbridge.translate.currencies import written

Reason = Literal["not active", "not published", "no image", "no price"]
"""Why a variant is not in the feed."""

Item = dict[str, str | list[str]]
"""Google's attributes without their prefix, in the order they are written in."""

Stock = Sequence[Mapping[str, str | int]]
"""Pieces by location: its id, its name, what can be sold."""

LONGEST: Final[Mapping[str, int]] = {
    "title": 150,
    "description": 5000,
    "brand": 70,
    "product_type": 750,
    "color": 40,
    "size": 100,
    "material": 100,
}
"""Characters, as Google's product data specification has it (support.google.com, 7052112)."""

LONGEST_ADDRESS: Final = 2000
MOST_IMAGES: Final = 10
"""Further pictures beside the first."""

_OPTIONS: Final = {
    "color": "color",
    "colour": "color",
    "size": "size",
    "material": "material",
}
"""Shopify's option names that say what Google's attributes do."""

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")

_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML 1.0 document may hold, escaped or not."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a merchant chose about the feed."""

    off: frozenset[str] = frozenset()
    """Ids of the locations whose stock does not count."""
    currency_in_prices: bool = True

    @property
    def digest(self) -> str:
        """Name it: a feed that was built by another choice is built anew."""
        return f"{','.join(sorted(self.off))};{self.currency_in_prices:d}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One variant of the feed, whatever the feed is written as."""

    item: Item
    currency: str
    sku: str
    stock: Stock
    """What each location that counts has; empty where stock is not tracked."""


def left_out(row: Row) -> Reason | None:
    """Say why a variant cannot be in the feed; None where it can."""
    if row["status"] != "active":
        return "not active"
    if not _address(row["link"]):
        return "not published"
    if not _address(row["image_link"]):
        return "no image"
    if Decimal(row["price"]) <= 0:
        return "no price"
    return None


def entry(row: Row, choice: Choice) -> Entry:
    """Describe a variant that is not left out."""
    stock = _stock(row, choice)
    return Entry(_item(row, choice, stock), row["currency"], cleaned(row["sku"]), stock)


def cleaned(text: str) -> str:
    """Put `text` on one line, without what XML cannot carry."""
    return " ".join(_ILLEGAL.sub(" ", text).split())


def _item(row: Row, choice: Choice, stock: Stock) -> Item:
    """Fill in Google's attributes; those without a value are missing."""
    title = _cut("title", row["title"]) or row["id"]
    number = row["gtin"]
    told: Item = {
        "id": row["id"],
        "item_group_id": row["item_group_id"],
        "title": title,
        "description": _cut("description", row["description"]) or title,
        "link": row["link"],
        "image_link": row["image_link"],
        "additional_image_link": _more(row),
        "availability": _availability(row, choice, stock),
        **_prices(row, choice),
        "brand": _cut("brand", row["brand"]),
        "gtin": number,
        "identifier_exists": "yes" if number else "no",
        "product_type": _cut("product_type", row["product_type"]),
        **_options(row.get("options", {})),
    }
    return {name: value for name, value in told.items() if value}


def _stock(row: Row, choice: Choice) -> Stock:
    return [
        {"location": id_, "name": cleaned(level["name"]), "available": int(level["available"])}
        for id_, level in sorted(row["inventory"].items())
        if id_ not in choice.off
    ]


def _cut(name: str, text: str) -> str:
    return cleaned(text)[: LONGEST[name]].rstrip()


def _address(url: str) -> str:
    """Return `url` where a feed may carry it."""
    is_one = len(url) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(url)
    return url if is_one and not _ILLEGAL.search(url) else ""


def _more(row: Row) -> list[str]:
    others: Sequence[str] = row.get("more_images", ())
    return [url for url in others if _address(url) and url != row["image_link"]][:MOST_IMAGES]


def _availability(row: Row, choice: Choice, stock: Stock) -> str:
    """Shopify's own word, unless the merchant counts some locations only."""
    is_counted = row.get("tracked", False) and row.get("inventory_policy") != "continue"
    if not choice.off or not is_counted:
        said: str = row["availability"]
        return said
    return "in_stock" if sum(int(one["available"]) for one in stock) > 0 else "out_of_stock"


def _prices(row: Row, choice: Choice) -> Item:
    """A compare-at price that is higher is what it cost before: the price is then a sale's."""
    now, before = Decimal(row["price"]), Decimal(row["compare_at_price"] or 0)
    if before > now:
        return {"price": _money(before, row, choice), "sale_price": _money(now, row, choice)}
    return {"price": _money(now, row, choice)}


def _money(amount: Decimal, row: Row, choice: Choice) -> str:
    plain = written(amount, row["currency"])
    return f"{plain} {row['currency']}" if choice.currency_in_prices else plain


def _options(chosen: Mapping[str, str]) -> Item:
    named = ((_OPTIONS.get(name.strip().casefold()), value) for name, value in chosen.items())
    return {name: _cut(name, value) for name, value in named if name}
