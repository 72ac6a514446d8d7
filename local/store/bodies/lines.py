"""Line items as orders, fulfilments, refunds and checkouts show them."""

from decimal import Decimal

from local.store.bodies.scalars import Body, money_set, number, shop_amount
from local.store.resources import Resource
from local.store.world import World


def order_line(world: World, line: Resource) -> Body:
    """One of an order's `line_items`."""
    return {
        **sold_line(world, line),
        "attributed_staffs": [],
        "current_quantity": line["currentQuantity"],
        "sales_line_item_group_id": None,
        "selling_plan_id": None,
    }


def sold_line(world: World, line: Resource) -> Body:
    """The shorter line item inside fulfilments and refunds."""
    unfulfilled, quantity = line["unfulfilledQuantity"], line["quantity"]
    return {
        "id": number(line["id"]),
        "variant_id": _number_or_none(line["variant"]),
        "title": line["title"],
        "quantity": quantity,
        "sku": line["sku"],
        "variant_title": line["variantTitle"],
        "vendor": line["vendor"],
        "fulfillment_service": "manual",
        "product_id": _number_or_none(line["product"]),
        "requires_shipping": line["requiresShipping"],
        "taxable": line["taxable"],
        "gift_card": line["isGiftCard"],
        "name": line["name"],
        "variant_inventory_management": "shopify",
        "properties": [],
        "product_exists": _exists(world, line["product"]),
        "fulfillable_quantity": unfulfilled,
        "grams": 100,
        "price": shop_amount(line["originalUnitPriceSet"]),
        "total_discount": shop_amount(line["totalDiscountSet"]),
        "fulfillment_status": _fulfilled(unfulfilled, quantity),
        "price_set": money_set(line["originalUnitPriceSet"]),
        "total_discount_set": money_set(line["totalDiscountSet"]),
        "discount_allocations": [],
        "duties": [],
        "admin_graphql_api_id": line["id"],
        "tax_lines": [],
    }


def checkout_line(line: Resource) -> Body:
    """One of a checkout's `line_items`: it has no id of its own, only a key."""
    price = shop_amount(line["originalUnitPriceSet"])
    total = shop_amount(line["originalTotalSet"])
    return {
        "applied_discounts": [],
        "discount_allocations": [],
        "key": line["_key"],
        "destination_location_id": None,
        "fulfillment_service": "manual",
        "gift_card": line["isGiftCard"],
        "grams": 100,
        "origin_location_id": None,
        "presentment_title": line["title"],
        "presentment_variant_title": line["variantTitle"],
        "product_id": _number_or_none(line["product"]),
        "properties": None,
        "quantity": line["quantity"],
        "requires_shipping": line["requiresShipping"],
        "sku": line["sku"],
        "tax_lines": [],
        "taxable": line["taxable"],
        "title": line["title"],
        "variant_id": _number_or_none(line["variant"]),
        "variant_title": line["variantTitle"],
        "variant_price": price,
        "vendor": line["vendor"],
        "user_id": None,
        "unit_price_measurement": None,
        "rank": None,
        "compare_at_price": None,
        "line_price": total,
        "price": price,
    }


def refund_line(world: World, order: Resource, refund_line_item: Resource) -> Body:
    """One of a refund's `refund_line_items`; its plain amounts are JSON numbers."""
    line = next(each for each in order["lineItems"] if each["id"] == refund_line_item["_line"])
    subtotal = refund_line_item["subtotalSet"]
    untaxed = money_set(world.money(Decimal(0), order["presentmentCurrencyCode"]))
    return {
        "id": number(refund_line_item["id"]),
        "quantity": refund_line_item["quantity"],
        "line_item_id": number(line["id"]),
        "location_id": None,
        "restock_type": "no_restock",
        "subtotal": float(subtotal["shopMoney"]["amount"]),
        "total_tax": 0,
        "subtotal_set": money_set(subtotal),
        "total_tax_set": untaxed,
        "line_item": sold_line(world, line),
    }


def _number_or_none(gid: str | None) -> int | None:
    return None if gid is None else number(gid)


def _exists(world: World, gid: str | None) -> bool:
    return gid is not None and gid in world.resources


def _fulfilled(unfulfilled: int, quantity: int) -> str | None:
    if unfulfilled == quantity:
        return None
    return "partial" if unfulfilled else "fulfilled"
