"""`orders/*` bodies. Money is in units of its currency, times carry the store's offset."""

from decimal import Decimal

from msgspec import Struct

from shopbridge.shopify.payloads.base import Count, Id, MoneySet, Time, plain_id, short


class Buyer(Struct, frozen=True):
    """The customer inside an order or checkout; no tags, totals or consent since 2025-01."""

    id: Id | None = None
    email: str | None = None
    phone: str | None = None
    first_name: str | None = None
    last_name: str | None = None


class LineItem(Struct, frozen=True):
    """One line of an order, checkout, fulfilment or refund; `price` is for one piece."""

    quantity: Count
    title: str | None = None
    price: Decimal | None = None
    price_set: MoneySet | None = None
    product_id: Id | None = None
    variant_id: Id | None = None
    sku: str | None = None
    variant_title: str | None = None
    vendor: str | None = None
    current_quantity: Count | None = None
    """What is left after edits and refunds; `quantity` stays as ordered."""


class DiscountCode(Struct, frozen=True):
    """A code that the buyer entered."""

    code: str | None = None


class Shipment(Struct, frozen=True):
    """A fulfilment inside its order."""

    created_at: Time = None


class Order(Struct, frozen=True):
    """One order as it is after the event; a guest's has no `customer`."""

    id: Id
    currency: str
    total_price: Decimal
    name: str | None = None
    order_number: Count | None = None
    email: str | None = None
    contact_email: str | None = None
    phone: str | None = None
    customer: Buyer | None = None
    subtotal_price: Decimal | None = None
    total_discounts: Decimal | None = None
    total_tax: Decimal | None = None
    current_total_price: Decimal | None = None
    total_price_set: MoneySet | None = None
    subtotal_price_set: MoneySet | None = None
    total_discounts_set: MoneySet | None = None
    total_tax_set: MoneySet | None = None
    current_total_price_set: MoneySet | None = None
    total_shipping_price_set: MoneySet | None = None
    financial_status: str | None = None
    fulfillment_status: str | None = None
    cancel_reason: str | None = None
    payment_gateway_names: tuple[str, ...] = ()
    discount_codes: tuple[DiscountCode, ...] = ()
    tags: str | None = None
    checkout_token: str | None = None
    cart_token: str | None = None
    created_at: Time = None
    updated_at: Time = None
    cancelled_at: Time = None
    line_items: tuple[LineItem, ...] = ()
    fulfillments: tuple[Shipment, ...] = ()

    @property
    def resource(self) -> str:
        """`order#1001` with Shopify's id, not its name."""
        return f"order#{plain_id(self.id)}"

    @property
    def title(self) -> str:
        """The order's name, for example `#1001`."""
        return short(self.name)
