"""Results of bulk operations, as Shopify writes them: a customer is 760 bytes, a line 490."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

BLOCK = 1024 * 1024
"""Bytes that are read at once, as from S3."""

CREATED = "2026-01-01T00:00:00Z"

LINES = 3
"""Of an order: three things that were bought."""


def customer(number: int) -> bytes:
    """Write the line of a customer, with all that the document `customers_bulk` asks for."""
    return _line(
        {
            "id": f"gid://shopify/Customer/{7_001_000_000 + number}",
            "firstName": "Asha",
            "lastName": "Rao",
            "locale": "en",
            "state": "DISABLED",
            "tags": ["vip", "newsletter"],
            "numberOfOrders": "3",
            "amountSpent": {"amount": "2499.0", "currencyCode": "INR"},
            "createdAt": CREATED,
            "updatedAt": "2026-11-01T00:00:00Z",
            "verifiedEmail": True,
            "lastOrder": {
                "id": f"gid://shopify/Order/{6_230_441_190_000 + number}",
                "name": f"#{number}",
                "processedAt": "2026-10-01T00:00:00Z",
            },
            "defaultEmailAddress": {
                "emailAddress": f"asha.rao.{number}@example.com",
                "marketingState": "SUBSCRIBED",
                "marketingUpdatedAt": "2026-02-01T00:00:00Z",
            },
            "defaultPhoneNumber": {
                "phoneNumber": "+919812345678",
                "smsMarketingConsent": {"state": "NEVER_SUBSCRIBED", "updatedAt": None},
            },
            "defaultAddress": {
                "city": "Mumbai",
                "province": "Maharashtra",
                "country": "India",
                "zip": "400001",
            },
        }
    )


def order(number: int) -> bytes:
    """Write the lines of an order and of the three things that were bought with it."""
    gid = f"gid://shopify/Order/{6_230_441_190_000 + number}"
    sets = ("totalPriceSet", "subtotalPriceSet", "currentTotalPriceSet", "totalDiscountsSet",
            "totalTaxSet", "totalShippingPriceSet")  # fmt: skip
    told = {
        "id": gid,
        "name": f"#{number}",
        "number": number,
        "email": f"asha.rao.{number}@example.com",
        "phone": None,
        "tags": ["gift"],
        "cartToken": "c1-4f2a9d0e",
        "checkoutToken": "7c2e11f09b",
        "createdAt": CREATED,
        "updatedAt": CREATED,
        "cancelledAt": None,
        "cancelReason": None,
        "currencyCode": "INR",
        "displayFinancialStatus": "PAID",
        "displayFulfillmentStatus": "UNFULFILLED",
        "discountCodes": ["DIWALI10"],
        "paymentGatewayNames": ["razorpay"],
        **{name: _bag("2499.0") for name in sets},
        "customer": {
            "id": f"gid://shopify/Customer/{7_001_000_000 + number}",
            "defaultEmailAddress": {"emailAddress": f"asha.rao.{number}@example.com"},
            "defaultPhoneNumber": None,
        },
        "fulfillments": [],
    }
    lines = (_sold(gid, number * LINES + position) for position in range(LINES))
    return _line(told) + b"".join(map(_line, lines))


def _sold(order: str, number: int) -> dict[str, Any]:
    return {
        "id": f"gid://shopify/LineItem/{14_000_000_000_000 + number}",
        "title": "Brass Lamp",
        "variantTitle": "Small",
        "sku": f"LAMP-{number}",
        "vendor": "Vapid",
        "quantity": 1,
        "currentQuantity": 1,
        "originalUnitPriceSet": _bag("833.0"),
        "product": {"id": f"gid://shopify/Product/{8_000_000_000 + number}"},
        "variant": {"id": f"gid://shopify/ProductVariant/{44_000_000_000 + number}"},
        "__parentId": order,
    }


def _bag(amount: str) -> dict[str, Any]:
    money = {"amount": amount, "currencyCode": "INR"}
    return {"shopMoney": money, "presentmentMoney": money}


def write(file: Path, objects: int, one: Callable[[int], bytes] = customer) -> None:
    """Write a result of so many customers, or of what `one` writes."""
    with file.open("wb") as out:
        out.writelines(one(number) for number in range(objects))


def blocks(file: Path) -> Iterator[bytes]:
    """Read a result as it is read from S3."""
    with file.open("rb") as whole:
        while block := whole.read(BLOCK):
            yield block


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"
