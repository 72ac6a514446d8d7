"""
An order as GraphQL shows it, put into the shape of its webhook: the same activities follow.

The one mapping of history and repair. GraphQL writes `19.9`, upper-case states and lists
where a webhook's body has `19.90`, lower case and one text; ids, names and money of both
are the same once they are spelt alike. A node's lines are whole: its reader sees to it.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from shopbridge.commands import RecordActivity
from shopbridge.errors import InvalidPayload
from shopbridge.shopify.payloads.order import Order
from shopbridge.shopify.reading import cleaned
from shopbridge.stores.profile import Profile
from shopbridge.translate import orders
from shopbridge.translate.nodes import Node, buyer, price_set

_SHIPPED = {"FULFILLED": "fulfilled", "PARTIALLY_FULFILLED": "partial", "RESTOCKED": "restocked"}
"""GraphQL's states of which a webhook's body has a word; for all others it has null."""


def order_of(node: Node) -> Order:
    """
    Read a node of the fragment `Purchase` with its `lineItems`, as a webhook's body is read.

    Raises:
        InvalidPayload: not an order as Shopify describes it; says nothing of its content.
    """
    try:
        return msgspec.convert(cleaned(_body(node)), Order)
    except (KeyError, TypeError, ArithmeticError, ValueError) as exc:
        raise InvalidPayload(f"not an order: {type(exc).__name__}") from None


def activities(order: Order, store: Profile) -> Iterator[RecordActivity]:
    """
    Say what an order in its present state has come through: each event that it still shows.

    `Order Updates` comes once, for the state it is in now; those before it are not to be
    known any more. Shipments and refunds are things of their own, with webhooks of their own.
    """
    yield orders.purchase(order, store)
    if order.fulfillment_status == "fulfilled":
        yield orders.fulfilled(order, store)
    if order.cancelled_at:
        yield orders.cancelled(order, store)
    if order.updated_at and order.updated_at != order.created_at:
        yield orders.updated(order, store)


def _body(node: Node) -> dict[str, Any]:
    sets = {
        "total_price_set": price_set(node["totalPriceSet"]),
        "subtotal_price_set": price_set(node["subtotalPriceSet"]),
        "current_total_price_set": price_set(node["currentTotalPriceSet"]),
        "total_discounts_set": price_set(node["totalDiscountsSet"]),
        "total_tax_set": price_set(node["totalTaxSet"]),
        "total_shipping_price_set": price_set(node["totalShippingPriceSet"]),
    }
    return {
        **sets,
        "id": node["id"],
        "name": node["name"],
        "order_number": node["number"],
        "email": node["email"],
        "phone": node["phone"],
        "customer": buyer(node["customer"]),
        "currency": node["currencyCode"],
        "total_price": sets["total_price_set"]["shop_money"]["amount"],
        "tags": ", ".join(node["tags"]),
        "discount_codes": [{"code": code} for code in node["discountCodes"]],
        "payment_gateway_names": node["paymentGatewayNames"],
        "cart_token": node["cartToken"],
        "checkout_token": node["checkoutToken"],
        "created_at": node["createdAt"],
        "updated_at": node["updatedAt"],
        "cancelled_at": node["cancelledAt"],
        "cancel_reason": _lower(node["cancelReason"]),
        "financial_status": _lower(node["displayFinancialStatus"]),
        "fulfillment_status": _SHIPPED.get(node["displayFulfillmentStatus"]),
        "fulfillments": [{"created_at": part["createdAt"]} for part in node["fulfillments"]],
        "line_items": [_line(line) for line in node["lineItems"]["nodes"]],
    }


def _line(line: Node) -> dict[str, Any]:
    price = price_set(line["originalUnitPriceSet"])
    return {
        "quantity": line["quantity"],
        "current_quantity": line["currentQuantity"],
        "title": line["title"],
        "variant_title": line["variantTitle"],
        "sku": line["sku"],
        "vendor": line["vendor"],
        "price": price["shop_money"]["amount"],
        "price_set": price,
        "product_id": line["product"] and line["product"]["id"],
        "variant_id": line["variant"] and line["variant"]["id"],
    }


def _lower(state: str | None) -> str | None:
    return state and state.lower()
