"""Body of the `orders/*` topics that carry the whole order."""

from local.store.bodies.customers import address, embedded
from local.store.bodies.fulfillments import fulfillment, refund
from local.store.bodies.lines import order_line
from local.store.bodies.scalars import Body, local, money_set, number, shop_amount, zero_set
from local.store.resources import Resource
from local.store.world import World

_FULFILLMENT = {"FULFILLED": "fulfilled", "PARTIALLY_FULFILLED": "partial"}
_PRICES = {
    "current_subtotal_price": "currentSubtotalPriceSet",
    "current_total_discounts": "currentTotalDiscountsSet",
    "current_total_price": "currentTotalPriceSet",
    "current_total_tax": "currentTotalTaxSet",
    "subtotal_price": "subtotalPriceSet",
    "total_discounts": "totalDiscountsSet",
    "total_line_items_price": "_lineItemsPriceSet",
    "total_price": "totalPriceSet",
    "total_tax": "totalTaxSet",
}
"""Amounts that appear twice: as text in the shop's currency, and as a set in both."""

_NEVER_SET = (
    "current_total_additional_fees_set",
    "current_total_duties_set",
    "device_id",
    "landing_site_ref",
    "location_id",
    "merchant_business_entity_id",
    "merchant_of_record_app_id",
    "original_total_additional_fees_set",
    "original_total_duties_set",
    "payment_terms",
    "po_number",
    "reference",
    "source_identifier",
    "source_url",
)


def order(world: World, resource: Resource) -> Body:
    """An order as webhooks show it; without a checkout id since 2026-04."""
    return {
        **dict.fromkeys(_NEVER_SET),
        **_identity(world, resource),
        **_states(world, resource),
        **_amounts(world, resource),
        "fulfillments": [fulfillment(world, resource, each) for each in resource["fulfillments"]],
        "line_items": [order_line(world, each) for each in resource["lineItems"]],
        "refunds": [refund(world, resource, each) for each in resource["refunds"]],
        "discount_applications": [],
        "discount_codes": [_code(resource, each) for each in resource["discountCodes"]],
        "line_item_groups": [],
        "note_attributes": [],
        "returns": [],
        "shipping_lines": [],
        "tax_lines": [],
    }


def _code(resource: Resource, code: str) -> Body:
    amount = shop_amount(resource["totalDiscountsSet"])
    return {"code": code, "amount": amount, "type": "percentage"}


def _identity(world: World, resource: Resource) -> Body:
    buyer = resource["customer"] and world.resources.get(resource["customer"])
    billing, shipping = resource["billingAddress"], resource["shippingAddress"]
    return {
        "id": number(resource["id"]),
        "admin_graphql_api_id": resource["id"],
        "app_id": 580111,  # Shopify's own online store
        "browser_ip": None,
        "buyer_accepts_marketing": resource["customerAcceptsMarketing"],
        "cart_token": resource["cartToken"],
        "checkout_token": resource["checkoutToken"],
        "client_details": None,
        "confirmation_number": resource["confirmationNumber"],
        "contact_email": resource["email"],
        "currency": resource["currencyCode"],
        "customer_locale": resource["customerLocale"],
        "email": resource["email"],
        "landing_site": "/",
        "name": resource["name"],
        "note": resource["note"],
        "number": resource["number"] - 1000,  # GraphQL's `number` is what the name is made of
        "order_number": resource["number"],
        "order_status_url": resource["statusPageUrl"],
        "payment_gateway_names": resource["paymentGatewayNames"],
        "phone": resource["phone"],
        "presentment_currency": resource["presentmentCurrencyCode"],
        "referring_site": None,
        "source_name": resource["sourceName"],
        "tags": ", ".join(resource["tags"]),
        "token": resource["_token"],
        "user_id": None,
        "customer": embedded(world, buyer) if buyer else None,
        "billing_address": address(billing) if billing else None,
        "shipping_address": address(shipping) if shipping else None,
    }


def _states(world: World, resource: Resource) -> Body:
    reason = resource["cancelReason"]
    return {
        "cancel_reason": reason and reason.lower(),
        "cancelled_at": local(world, resource["cancelledAt"]),
        "closed_at": local(world, resource["closedAt"]),
        "confirmed": True,
        "created_at": local(world, resource["createdAt"]),
        "estimated_taxes": False,
        "financial_status": resource["displayFinancialStatus"].lower(),
        "fulfillment_status": _FULFILLMENT.get(resource["displayFulfillmentStatus"]),
        "processed_at": local(world, resource["processedAt"]),
        "tax_exempt": False,
        "taxes_included": resource["taxesIncluded"],
        "test": resource["test"],
        "updated_at": local(world, resource["updatedAt"]),
    }


def _amounts(world: World, resource: Resource) -> Body:
    body: Body = {}
    for name, field in _PRICES.items():
        body[name] = shop_amount(resource[field])
        body[f"{name}_set"] = money_set(resource[field])
    nothing = zero_set(world, resource["presentmentCurrencyCode"])
    return {
        **body,
        "current_shipping_price_set": money_set(resource["currentShippingPriceSet"]),
        "total_shipping_price_set": money_set(resource["totalShippingPriceSet"]),
        "total_cash_rounding_payment_adjustment_set": nothing,
        "total_cash_rounding_refund_adjustment_set": nothing,
        "total_outstanding": nothing["shop_money"]["amount"],
        "total_tip_received": nothing["shop_money"]["amount"],
        "total_weight": 100 * sum(each["quantity"] for each in resource["lineItems"]),
        "duties_included": False,
    }
