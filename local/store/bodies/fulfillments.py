"""Bodies of `fulfillments/*` and `refunds/create`, which orders also contain."""

from local.store.bodies.customers import address
from local.store.bodies.lines import refund_line, sold_line
from local.store.bodies.scalars import Body, amount, local, number, zero_set
from local.store.resources import Resource
from local.store.world import World

_SHIPMENT = {"IN_TRANSIT": "in_transit", "OUT_FOR_DELIVERY": "out_for_delivery"}
_SHIPMENT |= {"DELIVERED": "delivered", "LABEL_PRINTED": "label_printed"}


def fulfillment(world: World, order: Resource, resource: Resource) -> Body:
    """Body of `fulfillments/create` and `fulfillments/update`."""
    tracking = resource["trackingInfo"][0] if resource["trackingInfo"] else None
    lines = {each["id"]: each for each in order["lineItems"]}
    shipping = order["shippingAddress"]
    return {
        "id": number(resource["id"]),
        "order_id": number(order["id"]),
        "status": resource["status"].lower(),
        "created_at": local(world, resource["createdAt"]),
        "service": "manual",
        "updated_at": local(world, resource["updatedAt"]),
        "tracking_company": tracking and tracking["company"],
        "shipment_status": _SHIPMENT.get(resource["displayStatus"]),
        "location_id": number(resource["location"]),
        "origin_address": None,
        "email": order["email"],
        "destination": address(shipping) if shipping else None,
        "line_items": [
            {**sold_line(world, lines[gid]), "quantity": quantity}
            for gid, quantity in resource["_quantities"]
        ],
        "tracking_number": tracking and tracking["number"],
        "tracking_numbers": [each["number"] for each in resource["trackingInfo"]],
        "tracking_url": tracking and tracking["url"],
        "tracking_urls": [each["url"] for each in resource["trackingInfo"]],
        "receipt": {},
        "name": resource["name"],
        "admin_graphql_api_id": resource["id"],
    }


def refund(world: World, order: Resource, resource: Resource) -> Body:
    """Body of `refunds/create`."""
    return {
        "id": number(resource["id"]),
        "order_id": number(order["id"]),
        "created_at": local(world, resource["createdAt"]),
        "note": resource["note"],
        "user_id": None,
        "processed_at": local(world, resource["createdAt"]),
        "duties": [],
        "total_duties_set": zero_set(world, order["presentmentCurrencyCode"]),
        "return": None,
        "refund_shipping_lines": [],
        "restock": False,
        "admin_graphql_api_id": resource["id"],
        "order_adjustments": [],
        "refund_line_items": [
            refund_line(world, order, each) for each in resource["refundLineItems"]
        ],
        "transactions": [_transaction(world, order, resource)],
    }


def _transaction(world: World, order: Resource, resource: Resource) -> Body:
    money = resource["totalRefundedSet"]["shopMoney"]
    nothing = {"amount": "0.0", "currency": "XXX"}
    return {
        "id": number(resource["_transaction"]),
        "order_id": number(order["id"]),
        "kind": "refund",
        "gateway": order["paymentGatewayNames"][0],
        "status": "success",
        "message": None,
        "created_at": local(world, resource["createdAt"]),
        "test": False,
        "authorization": None,
        "location_id": None,
        "user_id": None,
        "parent_id": None,
        "processed_at": local(world, resource["createdAt"]),
        "device_id": None,
        "error_code": None,
        "source_name": order["sourceName"],
        "receipt": {},
        "amount": amount(money),
        "currency": money["currencyCode"],
        "payment_id": f"{order['name']}.1",
        "total_unsettled_set": {"presentment_money": nothing, "shop_money": nothing},
        "manual_payment_gateway": False,
        "amount_rounding": None,
        "admin_graphql_api_id": resource["_transaction"],
    }
