"""The whole order as pydantic models: every field of Shopify's sample, typed and validated."""

from datetime import datetime
from decimal import Decimal

from pydantic import BaseModel, ConfigDict


class Payload(BaseModel):
    """What all models have in common."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class Money(Payload):
    """An amount and its currency."""

    amount: Decimal
    currency_code: str


class MoneySet(Payload):
    """One price in the shop's currency and in the buyer's."""

    shop_money: Money
    presentment_money: Money


class TaxLine(Payload):
    """One tax on an order, a line or its shipping."""

    price: Decimal
    rate: float
    title: str
    price_set: MoneySet
    channel_liable: bool | None = None


class DiscountAllocation(Payload):
    """The part of a discount that falls on one line."""

    amount: Decimal
    amount_set: MoneySet
    discount_application_index: int


class DiscountApplication(Payload):
    """One discount of the order."""

    target_type: str
    type: str
    value: Decimal
    value_type: str
    allocation_method: str
    target_selection: str
    code: str | None = None


class DiscountCode(Payload):
    """A code that the buyer entered."""

    code: str
    amount: Decimal
    type: str


class Attribute(Payload):
    """A note of the buyer's or a property of a line."""

    name: str
    value: str | None = None


class Staff(Payload):
    """Who sold a line."""

    id: str
    quantity: int


class LineItem(Payload):
    """One line of the order."""

    id: int
    admin_graphql_api_id: str
    attributed_staffs: tuple[Staff, ...] = ()
    current_quantity: int
    fulfillable_quantity: int
    fulfillment_service: str
    fulfillment_status: str | None = None
    gift_card: bool
    grams: int
    name: str
    price: Decimal
    price_set: MoneySet
    product_exists: bool
    product_id: int | None = None
    properties: tuple[Attribute, ...] = ()
    quantity: int
    requires_shipping: bool
    sales_line_item_group_id: int | None = None
    sku: str | None = None
    taxable: bool
    title: str
    total_discount: Decimal
    total_discount_set: MoneySet
    variant_id: int | None = None
    variant_inventory_management: str | None = None
    variant_title: str | None = None
    vendor: str | None = None
    tax_lines: tuple[TaxLine, ...] = ()
    duties: tuple[dict[str, object], ...] = ()
    discount_allocations: tuple[DiscountAllocation, ...] = ()


class Address(Payload):
    """Where the order is billed or shipped to."""

    first_name: str | None = None
    last_name: str | None = None
    name: str | None = None
    company: str | None = None
    address1: str | None = None
    address2: str | None = None
    city: str | None = None
    zip: str | None = None
    province: str | None = None
    province_code: str | None = None
    country: str | None = None
    country_code: str | None = None
    phone: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class CustomerAddress(Payload):
    """The customer's own address."""

    id: int
    customer_id: int
    first_name: str | None = None
    last_name: str | None = None
    name: str | None = None
    company: str | None = None
    address1: str | None = None
    address2: str | None = None
    city: str | None = None
    zip: str | None = None
    province: str | None = None
    province_code: str | None = None
    country: str | None = None
    country_code: str | None = None
    country_name: str | None = None
    phone: str | None = None
    default: bool = False


class Customer(Payload):
    """The buyer."""

    id: int
    created_at: datetime | None = None
    updated_at: datetime | None = None
    first_name: str | None = None
    last_name: str | None = None
    state: str | None = None
    note: str | None = None
    verified_email: bool = False
    multipass_identifier: str | None = None
    tax_exempt: bool = False
    email: str | None = None
    phone: str | None = None
    currency: str | None = None
    tax_exemptions: tuple[str, ...] = ()
    admin_graphql_api_id: str
    default_address: CustomerAddress | None = None


class ClientDetails(Payload):
    """The browser that the order came from."""

    accept_language: str | None = None
    browser_height: int | None = None
    browser_ip: str | None = None
    browser_width: int | None = None
    session_hash: str | None = None
    user_agent: str | None = None


class ShippingLine(Payload):
    """How the order is shipped."""

    id: int
    carrier_identifier: str | None = None
    code: str | None = None
    current_discounted_price_set: MoneySet
    discounted_price: Decimal
    discounted_price_set: MoneySet
    is_removed: bool
    phone: str | None = None
    price: Decimal
    price_set: MoneySet
    requested_fulfillment_service_id: str | None = None
    source: str | None = None
    title: str
    tax_lines: tuple[TaxLine, ...] = ()
    discount_allocations: tuple[DiscountAllocation, ...] = ()


class Fulfillment(Payload):
    """A shipment of the order."""

    id: int
    status: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    tracking_company: str | None = None
    tracking_number: str | None = None
    tracking_url: str | None = None
    line_items: tuple[LineItem, ...] = ()


class Refund(Payload):
    """Money and goods that went back."""

    id: int
    created_at: datetime | None = None
    note: str | None = None


class Order(Payload):
    """`orders/create`, whole."""

    id: int
    admin_graphql_api_id: str
    app_id: int | None = None
    browser_ip: str | None = None
    buyer_accepts_marketing: bool
    cancel_reason: str | None = None
    cancelled_at: datetime | None = None
    cart_token: str | None = None
    checkout_token: str | None = None
    client_details: ClientDetails | None = None
    closed_at: datetime | None = None
    confirmation_number: str | None = None
    confirmed: bool
    contact_email: str | None = None
    created_at: datetime
    currency: str
    current_shipping_price_set: MoneySet
    current_subtotal_price: Decimal
    current_subtotal_price_set: MoneySet
    current_total_additional_fees_set: MoneySet | None = None
    current_total_discounts: Decimal
    current_total_discounts_set: MoneySet
    current_total_duties_set: MoneySet | None = None
    current_total_price: Decimal
    current_total_price_set: MoneySet
    current_total_tax: Decimal
    current_total_tax_set: MoneySet
    customer_locale: str | None = None
    device_id: int | None = None
    discount_codes: tuple[DiscountCode, ...] = ()
    duties_included: bool = False
    email: str | None = None
    estimated_taxes: bool
    financial_status: str | None = None
    fulfillment_status: str | None = None
    landing_site: str | None = None
    landing_site_ref: str | None = None
    location_id: int | None = None
    merchant_business_entity_id: str | None = None
    merchant_of_record_app_id: int | None = None
    name: str
    note: str | None = None
    note_attributes: tuple[Attribute, ...] = ()
    number: int
    order_number: int
    order_status_url: str | None = None
    original_total_additional_fees_set: MoneySet | None = None
    original_total_duties_set: MoneySet | None = None
    payment_gateway_names: tuple[str, ...] = ()
    phone: str | None = None
    po_number: str | None = None
    presentment_currency: str
    processed_at: datetime | None = None
    reference: str | None = None
    referring_site: str | None = None
    source_identifier: str | None = None
    source_name: str | None = None
    source_url: str | None = None
    subtotal_price: Decimal
    subtotal_price_set: MoneySet
    tags: str = ""
    tax_exempt: bool
    tax_lines: tuple[TaxLine, ...] = ()
    taxes_included: bool
    test: bool
    token: str
    total_cash_rounding_payment_adjustment_set: MoneySet | None = None
    total_cash_rounding_refund_adjustment_set: MoneySet | None = None
    total_discounts: Decimal
    total_discounts_set: MoneySet
    total_line_items_price: Decimal
    total_line_items_price_set: MoneySet
    total_outstanding: Decimal
    total_price: Decimal
    total_price_set: MoneySet
    total_shipping_price_set: MoneySet
    total_tax: Decimal
    total_tax_set: MoneySet
    total_tip_received: Decimal
    total_weight: int
    updated_at: datetime
    user_id: int | None = None
    billing_address: Address | None = None
    customer: Customer | None = None
    discount_applications: tuple[DiscountApplication, ...] = ()
    fulfillments: tuple[Fulfillment, ...] = ()
    line_items: tuple[LineItem, ...] = ()
    payment_terms: dict[str, object] | None = None
    refunds: tuple[Refund, ...] = ()
    shipping_address: Address | None = None
    shipping_lines: tuple[ShippingLine, ...] = ()
    returns: tuple[dict[str, object], ...] = ()
    line_item_groups: tuple[dict[str, object], ...] = ()
