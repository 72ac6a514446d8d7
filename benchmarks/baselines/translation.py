"""An order's commands the usual way: the whole order as a model, commands as models."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from benchmarks.baselines.order import LineItem, Order


class Identity(BaseModel):
    """Who the activity belongs to."""

    model_config = ConfigDict(frozen=True)

    customer_id: str | None = None
    email: str | None = None
    phone: str | None = None


class RecordActivity(BaseModel):
    """Add an activity to a contact's time line."""

    model_config = ConfigDict(frozen=True)

    type: Literal["RecordActivity"] = "RecordActivity"
    name: str
    resource: str
    identity: Identity
    params: dict[str, Any]
    occurred_at: datetime


class RefreshContact(BaseModel):
    """Bring a customer's attributes up to date."""

    model_config = ConfigDict(frozen=True)

    type: Literal["RefreshContact"] = "RefreshContact"
    customer_id: str


class CloseCheckout(BaseModel):
    """What this buyer left is over."""

    model_config = ConfigDict(frozen=True)

    type: Literal["CloseCheckout"] = "CloseCheckout"
    token: str | None
    cart_token: str | None
    buyer: Identity
    at: datetime


Command = RecordActivity | RefreshContact | CloseCheckout

_commands = TypeAdapter(tuple[Command, ...])


def translated(body: bytes) -> bytes:
    """Return the commands of an order's body, as JSON."""
    order = Order.model_validate_json(body)
    return _commands.dump_json(tuple(_translate(order)), exclude_defaults=False, exclude_none=True)


def _translate(order: Order) -> Iterator[Command]:
    customer = order.customer
    buyer = Identity(
        customer_id=str(customer.id) if customer else None,
        email=(customer and customer.email) or order.email or order.contact_email,
        phone=(customer and customer.phone) or order.phone,
    )
    yield RecordActivity(
        name="Product Purchase",
        resource=f"order#{order.id}",
        identity=buyer,
        params=_filled(_parameters(order)),
        occurred_at=order.created_at,
    )
    if customer:
        yield RefreshContact(customer_id=str(customer.id))
    yield CloseCheckout(
        token=order.checkout_token,
        cart_token=order.cart_token,
        buyer=buyer,
        at=order.created_at,
    )


def _parameters(order: Order) -> dict[str, Any]:
    return {
        "orderid": str(order.id),
        "ordername": order.name,
        "ordernumber": order.order_number,
        "total_price": str(order.total_price_set.shop_money.amount),
        "subtotal_price": str(order.subtotal_price_set.shop_money.amount),
        "total_discount": str(order.total_discounts_set.shop_money.amount),
        "total_tax": str(order.total_tax_set.shop_money.amount),
        "shipping_price": str(order.total_shipping_price_set.shop_money.amount),
        "currency": order.total_price_set.shop_money.currency_code,
        "financial_status": order.financial_status,
        "fulfillment_status": order.fulfillment_status,
        "checkout_token": order.checkout_token,
        "cart_token": order.cart_token,
        "store": "vapid-store",
        "payment_method": ", ".join(order.payment_gateway_names),
        "discount_codes": ", ".join(discount.code for discount in order.discount_codes),
        "tags": order.tags,
        "itemcount": sum(line.quantity for line in order.line_items),
        "items": [_filled(_item(line)) for line in order.line_items],
    }


def _item(line: LineItem) -> dict[str, Any]:
    return {
        "prid": str(line.product_id) if line.product_id else None,
        "variantid": str(line.variant_id) if line.variant_id else None,
        "sku": line.sku,
        "name": line.title,
        "variant": line.variant_title,
        "brand": line.vendor,
        "price": str(line.price_set.shop_money.amount),
        "prqt": line.quantity,
        "currency": line.price_set.shop_money.currency_code,
    }


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [])}
