"""What Shopify tells pixels at a checkout, in its published shape."""

import json
import uuid
from datetime import UTC, datetime
from typing import Any

from local.places import ROOT

PUBLISHED = ROOT / "storefront" / "tests" / "checkout_started.json"
"""`checkout_started` as `@shopify/web-pixels-extension` types it."""


def checkout_started(cart: dict[str, Any], token: str) -> dict[str, Any]:
    """Return the event of a checkout of `cart`: of each entry anew, under one token."""
    event: dict[str, Any] = json.loads(PUBLISHED.read_text("utf-8"))
    checkout = event["data"]["checkout"]
    (sample,) = checkout["lineItems"]
    total = {"amount": cart["total_price"] / 100, "currencyCode": cart["currency"]}
    checkout |= {"token": token, "totalPrice": total, "subtotalPrice": total}
    checkout["currencyCode"] = cart["currency"]
    checkout["lineItems"] = [_line(item, cart["currency"], sample) for item in cart["items"]]
    return {**event, "id": f"sh-{uuid.uuid4()}", "timestamp": datetime.now(UTC).isoformat()}


def init(store: str, storefront: str = "https://shop.example.com") -> dict[str, Any]:
    """Return what a pixel is told at first, without its privacy."""
    shop = {"name": "Vapid", "myshopifyDomain": store, "storefrontUrl": storefront}
    return {
        "context": {},
        "data": {"customer": None, "cart": None, "shop": shop, "purchasingCompany": None},
    }


def _line(item: dict[str, Any], currency: str, sample: dict[str, Any]) -> dict[str, Any]:
    price = {"amount": item["price"] / 100, "currencyCode": currency}
    product = {
        "id": str(item["product_id"]),
        "title": item["product_title"],
        "type": item["product_type"],
        "untranslatedTitle": item["product_title"],
        "url": item["url"].partition("?")[0],
        "vendor": item["vendor"],
    }
    variant = {
        **sample["variant"],
        "id": str(item["variant_id"]),
        "image": {"src": item["image"]},
        "price": price,
        "product": product,
        "title": item["variant_title"],
    }
    return {
        **sample,
        "quantity": item["quantity"],
        "title": item["product_title"],
        "variant": variant,
    }
