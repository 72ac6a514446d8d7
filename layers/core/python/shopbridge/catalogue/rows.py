"""From a product to the rows of the feed: one for each variant, in Google's words."""

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from shopbridge.catalogue.gtin import gtin
from shopbridge.catalogue.product import Product, Variant

Row = dict[str, Any]

ONLY_VARIANT = "Default Title"
"""Shopify's title of the variant of a product that has no options."""


def rows(product: Product) -> Iterator[Row]:
    """Write the feed row of each variant; money stays text in units of `currency`."""
    for variant in product.variants.nodes:
        yield _row(product, variant)


def digest(row: Row) -> str:
    """Sum up a row: equal digests mean that nothing the feed shows has changed."""
    return hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()[:32]


def _row(product: Product, variant: Variant) -> Row:
    return {
        "id": variant.id,
        "item_group_id": product.id,
        "title": _title(product, variant),
        "description": product.description,
        "link": _link(product, variant),
        "image_link": _image(product, variant),
        "more_images": [one.url for one in product.media.nodes if one.url],
        "options": {one.name: one.value for one in variant.selected_options},
        "price": _money(variant.price),
        "compare_at_price": _money(variant.compare_at_price),
        "currency": product.currency,
        "availability": "in_stock" if variant.available_for_sale else "out_of_stock",
        "brand": product.vendor,
        "product_type": product.product_type,
        "sku": variant.sku or "",
        "barcode": variant.barcode or "",
        "gtin": gtin(variant.barcode or ""),
        "status": product.status.lower(),
        "tracked": _is_tracked(variant),
        "inventory_policy": variant.inventory_policy.lower(),
        "inventory": _inventory(variant),
    }


def _title(product: Product, variant: Variant) -> str:
    if variant.title == ONLY_VARIANT:
        return product.title
    return f"{product.title} - {variant.title}"


def _link(product: Product, variant: Variant) -> str:
    """Lead to the variant; empty while the product is not published to the online store."""
    return f"{product.online_store_url}?variant={variant.id}" if product.online_store_url else ""


def _image(product: Product, variant: Variant) -> str:
    own = variant.media.nodes[0].url if variant.media.nodes else ""
    return own or (product.featured_media.url if product.featured_media else "")


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else str(amount)


def _inventory(variant: Variant) -> Row:
    """List by location what can be sold; empty where stock is not tracked or not ours to see."""
    item = variant.inventory_item
    if item is None or item.inventory_levels is None or not item.tracked:
        return {}
    return {
        level.location.id: {"name": level.location.name, "available": level.available}
        for level in item.inventory_levels.nodes
    }


def _is_tracked(variant: Variant) -> bool:
    """Whether the stock of `_inventory` says what can be sold."""
    item = variant.inventory_item
    return item is not None and item.tracked and item.inventory_levels is not None
