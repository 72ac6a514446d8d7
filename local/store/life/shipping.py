"""Shipping an order: whole or in parts, then watching it travel."""

from local.store.bodies import orders as order_bodies
from local.store.bodies.fulfillments import fulfillment as body
from local.store.life.orders import updated
from local.store.resources import Change, Ref, Resource
from local.store.world import World

_JOURNEY = ("LABEL_PRINTED", "IN_TRANSIT", "OUT_FOR_DELIVERY", "DELIVERED")


def fulfil(world: World, order: Resource, *, partly: bool = False) -> list[Change]:
    """Send what is left of an order; with `partly`, only one piece of it."""
    open_lines = [each for each in order["lineItems"] if each["unfulfilledQuantity"]]
    if order["cancelledAt"] or not open_lines:
        return []
    sent = {open_lines[0]["id"]: 1} if partly else _everything(open_lines)
    lines = [_less(each, sent.get(each["id"], 0)) for each in order["lineItems"]]
    done = not any(each["unfulfilledQuantity"] for each in lines)
    world.change(order)
    made = _fulfillment(world, order, sent)
    world.change(
        order,
        lineItems=lines,
        fulfillments=[*order["fulfillments"], made],
        displayFulfillmentStatus="FULFILLED" if done else "PARTIALLY_FULFILLED",
    )
    topic = "orders/fulfilled" if done else "orders/partially_fulfilled"
    return [
        Change("fulfillments/create", order["id"], body(world, order, made)),
        Change(topic, order["id"], order_bodies.order(world, order)),
        updated(world, order),
    ]


def track(world: World, order: Resource) -> list[Change]:
    """The carrier tells where an order's last parcel is."""
    moving = [each for each in order["fulfillments"] if each["displayStatus"] != _JOURNEY[-1]]
    if not moving:
        return []
    world.change(order)
    old = moving[-1]
    status = _JOURNEY[_JOURNEY.index(old["displayStatus"]) + 1]
    new = {**old, "displayStatus": status, "updatedAt": world.stamp()}
    if status == _JOURNEY[-1]:
        new["deliveredAt"] = world.stamp()
    world.change(order, fulfillments=[new if e is old else e for e in order["fulfillments"]])
    return [
        Change("fulfillments/update", order["id"], body(world, order, new)),
        updated(world, order),
    ]


def _everything(lines: list[Resource]) -> dict[str, int]:
    return {each["id"]: each["unfulfilledQuantity"] for each in lines}


def _less(line: Resource, sent: int) -> Resource:
    return {**line, "unfulfilledQuantity": line["unfulfilledQuantity"] - sent}


def _fulfillment(world: World, order: Resource, sent: dict[str, int]) -> Resource:
    number = world.number()
    code = f"1ZCNRY{number}"
    return {
        "__typename": "Fulfillment",
        "id": f"gid://shopify/Fulfillment/{number}",
        "legacyResourceId": str(number),
        "name": f"{order['name']}-F{len(order['fulfillments']) + 1}",
        "status": "SUCCESS",
        "displayStatus": _JOURNEY[0],
        "createdAt": world.stamp(),
        "updatedAt": world.stamp(),
        "deliveredAt": None,
        "totalQuantity": sum(sent.values()),
        "requiresShipping": True,
        "location": Ref(next(world.all("Location"))["id"]),
        "order": Ref(order["id"]),
        "trackingInfo": [
            {"company": "UPS", "number": code, "url": f"https://www.ups.com/track?n={code}"}
        ],
        "_quantities": list(sent.items()),
    }
