"""
An abandoned checkout as GraphQL shows it, put into the shape of its webhook.

GraphQL names no token. The address at which a buyer goes on holds one: the cart's
(`/checkouts/ac/<cart token>/recover`), or in older shops the checkout's own
(`/checkouts/<token>/recover`). Amounts are the buyer's, as in a webhook's body.
"""

import re
from typing import Any, NamedTuple

import msgspec

from shopbridge.errors import InvalidPayload
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.payloads.checkout import Checkout
from shopbridge.shopify.reading import cleaned
from shopbridge.translate.nodes import Node, buyer, price_set

_RECOVERY = re.compile(r"/checkouts/(?P<cart>[a-z]{2}/)?(?P<token>[\w-]{3,255})/recover(?:\?|\Z)")


class Names(NamedTuple):
    """By what else a checkout is known; one of the two, or neither."""

    token: str | None = None
    cart_token: str | None = None


def names_of(node: Node) -> Names:
    """Read the tokens in the address at which a buyer goes on."""
    found = _RECOVERY.search(node["abandonedCheckoutUrl"])
    if not found:
        return Names()
    token = found["token"]
    return Names(cart_token=token) if found["cart"] else Names(token)


def checkout_of(node: Node, token: str | None = None) -> Checkout:
    """
    Read a node of `checkouts_changed`, as a webhook's body is read.

    Named by `token`, else by the token in its address, else by Shopify's id of it.

    Raises:
        InvalidPayload: not a checkout as Shopify describes it; says nothing of its content.
    """
    try:
        return msgspec.convert(cleaned(_body(node, token)), Checkout)
    except (KeyError, TypeError, ArithmeticError, ValueError) as exc:
        raise InvalidPayload(f"not a checkout: {type(exc).__name__}") from None


def _body(node: Node, token: str | None) -> dict[str, Any]:
    names, total = names_of(node), price_set(node["totalPriceSet"])
    return {
        "token": token or names.token or plain_id(node["id"]),
        "cart_token": names.cart_token,
        "name": node["name"],
        "currency": total["shop_money"]["currency_code"],
        "presentment_currency": total["presentment_money"]["currency_code"],
        "total_price": _seen(node["totalPriceSet"]),
        "subtotal_price": _seen(node["subtotalPriceSet"]),
        "total_discounts": _seen(node["totalDiscountSet"]),
        "total_tax": _seen(node["totalTaxSet"]),
        "customer": _buyer(node["customer"]),
        "abandoned_checkout_url": node["abandonedCheckoutUrl"],
        "discount_codes": [{"code": code} for code in node["discountCodes"]],
        "created_at": node["createdAt"],
        "updated_at": node["updatedAt"],
        "completed_at": node["completedAt"],
        "line_items": [_line(line) for line in node["lineItems"]["nodes"]],
    }


def _buyer(customer: Node | None) -> dict[str, Any] | None:
    told = buyer(customer)
    if customer is None or told is None:
        return None
    return told | {"first_name": customer["firstName"], "last_name": customer["lastName"]}


def _line(line: Node) -> dict[str, Any]:
    product, variant = line["product"], line["variant"]
    return {
        "quantity": line["quantity"],
        "title": line["title"],
        "variant_title": line["variantTitle"],
        "sku": line["sku"],
        "vendor": product and product["vendor"],
        "price": _seen(line["originalUnitPriceSet"]),
        "product_id": product and product["id"],
        "variant_id": variant and variant["id"],
    }


def _seen(bag: Node | None) -> str | None:
    """Write the amount that the buyer saw."""
    if bag is None:
        return None
    return str(price_set(bag)["presentment_money"]["amount"])
