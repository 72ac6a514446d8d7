"""What GraphQL's objects have in common, spelt as webhooks spell it. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from shopbridge.translate import currencies

Node = Mapping[str, Any]


def buyer(customer: Node | None) -> dict[str, Any] | None:
    """Write the customer of an order or checkout; None for a guest."""
    if customer is None:
        return None
    return {
        "id": customer["id"],
        "email": (customer["defaultEmailAddress"] or {}).get("emailAddress"),
        "phone": (customer["defaultPhoneNumber"] or {}).get("phoneNumber"),
    }


def price_set(bag: Node | None) -> Any:
    """Write a `MoneyBag` as a price set; None where Shopify gives none."""
    if bag is None:
        return None
    return {
        "shop_money": _money(bag["shopMoney"]),
        "presentment_money": _money(bag["presentmentMoney"]),
    }


def _money(money: Node) -> dict[str, str]:
    code = money["currencyCode"]
    return {"amount": currencies.written(Decimal(money["amount"]), code), "currency_code": code}
