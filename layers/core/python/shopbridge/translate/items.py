"""Line items in Netcore's vocabulary (`prid`, `prqt` …)."""

from collections.abc import Iterable
from typing import Any

import msgspec

from shopbridge.commands import Params
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.payloads.order import LineItem
from shopbridge.stores.profile import Profile
from shopbridge.translate.amounts import chosen, written
from shopbridge.translate.params import LONGEST, compact

MOST = 250
"""Items an activity carries; Shopify orders can have thousands, a journey needs a few."""

ROOM = 96_000
"""Bytes of JSON for an activity's items: with its head, a message travels whole."""


def item(line: LineItem, own: str | None, store: Profile) -> Params:
    """
    Describe one line; `price` is for one piece, `prqt` how many, `own` its currency.

    Written out instead of with `compact`: an order has many lines and is translated in
    half the time.
    """
    money = None if line.price_set is None else chosen(line.price_set, store)
    price = line.price if money is None else money.amount
    currency = own if money is None else money.currency_code
    described: Params = {}
    if line.product_id is not None:
        described["prid"] = plain_id(line.product_id)
    if line.variant_id is not None:
        described["variantid"] = plain_id(line.variant_id)
    if line.sku:
        described["sku"] = line.sku[:LONGEST]
    if line.title:
        described["name"] = line.title[:LONGEST]
    if line.variant_title:
        described["variant"] = line.variant_title[:LONGEST]
    if line.vendor:
        described["brand"] = line.vendor[:LONGEST]
    if price is not None:
        described["price"] = written(price)
    described["prqt"] = line.quantity
    if currency:
        described["currency"] = currency[:LONGEST]
    return described


def items(lines: Iterable[LineItem], own: str | None, store: Profile) -> Params:
    """
    Count and list `lines`, the first 250 of them, fewer where they are long.

    No key at all for an empty list: Netcore drops activities with an empty array.
    """
    lines = tuple(lines)
    listed = fitting([item(line, own, store) for line in lines[:MOST]])
    return compact(
        itemcount=sum([line.quantity for line in lines]),
        items=listed,
        items_truncated="true" if len(listed) < len(lines) else None,
    )


def current(lines: Iterable[LineItem]) -> Iterable[LineItem]:
    """Return the lines as they are now: without what was removed or refunded since."""
    for line in lines:
        if line.current_quantity is None or line.current_quantity == line.quantity:
            yield line
        elif line.current_quantity > 0:
            yield msgspec.structs.replace(line, quantity=line.current_quantity)


def fitting(described: list[Any]) -> list[Any]:
    """Return as many of `described` as there is room for."""
    if len(_encode(described)) <= ROOM:
        return described
    used = 0
    for n, one in enumerate(described):
        used += len(_encode(one)) + 1
        if used > ROOM:
            return described[:n]
    return described


_encode = msgspec.json.Encoder().encode
