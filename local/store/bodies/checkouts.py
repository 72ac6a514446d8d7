"""Body of `checkouts/create` and `checkouts/update`."""

from local.store.bodies.customers import address, embedded
from local.store.bodies.lines import checkout_line
from local.store.bodies.scalars import Body, local, shop_amount
from local.store.resources import Resource
from local.store.world import World


def checkout(world: World, resource: Resource) -> Body:
    """A checkout as webhooks show it: no id since 2026-04, only its token."""
    return {**_start(world, resource), **_rest(world, resource)}


def _start(world: World, resource: Resource) -> Body:
    return {
        "token": resource["_token"],
        "cart_token": resource["_cartToken"],
        "email": resource["_email"],
        "gateway": None,
        "buyer_accepts_marketing": resource["_acceptsMarketing"],
        "created_at": local(world, resource["createdAt"]),
        "updated_at": local(world, resource["updatedAt"]),
        "landing_site": "/",
        "note": None,
        "note_attributes": [],
        "referring_site": None,
        "shipping_lines": [],
        "taxes_included": False,
        "total_weight": 100 * sum(each["quantity"] for each in resource["lineItems"]),
        "currency": world.currency,
        "completed_at": local(world, resource["completedAt"]),
        "closed_at": None,
        "user_id": None,
        "location_id": None,
        "source_identifier": None,
        "source_url": None,
        "device_id": None,
        "phone": resource["_phone"],
        "customer_locale": "en",
        "line_items": [checkout_line(each) for each in resource["lineItems"]],
        "name": resource["name"],
        "source": None,
        "abandoned_checkout_url": resource["abandonedCheckoutUrl"],
    }


def _rest(world: World, resource: Resource) -> Body:
    buyer = resource["customer"] and world.resources.get(resource["customer"])
    body: Body = {
        "discount_codes": [],
        "tax_lines": [],
        "source_name": "web",
        "presentment_currency": resource["_presentment"],
        "buyer_accepts_sms_marketing": False,
        "sms_marketing_phone": None,
        "total_discounts": shop_amount(resource["totalDiscountSet"]),
        "total_line_items_price": shop_amount(resource["subtotalPriceSet"]),
        "total_price": shop_amount(resource["totalPriceSet"]),
        "total_tax": shop_amount(resource["totalTaxSet"]),
        "subtotal_price": shop_amount(resource["subtotalPriceSet"]),
        "total_duties": None,
        "reservation_token": None,
    }
    if resource["billingAddress"]:
        body["billing_address"] = address(resource["billingAddress"])
    if resource["shippingAddress"]:
        body["shipping_address"] = address(resource["shippingAddress"])
    if buyer:
        body["customer"] = embedded(world, buyer)
    return body
