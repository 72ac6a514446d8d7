"""What happens to an order after it was placed, other than shipping it."""

from decimal import Decimal

from local.store.bodies import fulfillments as parts
from local.store.bodies.edits import edited
from local.store.bodies.orders import order as order_body
from local.store.life.baskets import current_fields, line, price_of
from local.store.life.customers import updated as customer_updated
from local.store.life.purchases import spent, summary
from local.store.resources import Change, Ref, Resource
from local.store.world import World


def note(world: World, order: Resource) -> list[Change]:
    """The merchant writes a note on an order and tags it."""
    world.change(order, note="Gift wrap, please", tags=sorted({*order["tags"], "gift"}))
    return [updated(world, order)]


def edit(world: World, order: Resource) -> list[Change]:
    """The merchant adds one more thing to an open order and takes one piece off another."""
    if order["cancelledAt"] or order["displayFulfillmentStatus"] != "UNFULFILLED":
        return []
    presentment = order["presentmentCurrencyCode"]
    added = line(world, world.random.choice(list(world.all("ProductVariant"))), 1, presentment)
    first = order["lineItems"][0]
    fewer = {
        **first,
        "currentQuantity": max(first["currentQuantity"] - 1, 0),
        "unfulfilledQuantity": max(first["unfulfilledQuantity"] - 1, 0),
    }
    removed = first["currentQuantity"] - fewer["currentQuantity"]
    lines = [fewer, *order["lineItems"][1:], added]
    world.change(order, lineItems=lines, edited=True, **_current(world, order, lines))
    gone = [(first["id"], removed)] if removed else []
    body = edited(world, order, additions=[(added["id"], 1)], removals=gone)
    return [Change("orders/edited", order["id"], body), updated(world, order)]


def refund(world: World, order: Resource) -> list[Change]:
    """One piece of an order is sent back and paid back."""
    kept = [each for each in order["lineItems"] if each["currentQuantity"]]
    if order["cancelledAt"] or not kept:
        return []
    back = kept[0]
    amount = Decimal(back["originalUnitPriceSet"]["shopMoney"]["amount"])
    lines = [
        {**each, "currentQuantity": each["currentQuantity"] - (each is back)}
        for each in order["lineItems"]
    ]
    world.change(order)
    made = _refund(world, order, [(back, 1)], amount)
    world.change(
        order,
        lineItems=lines,
        refunds=[*order["refunds"], made],
        displayFinancialStatus="PARTIALLY_REFUNDED",
        **_current(world, order, lines),
        **_refunded(world, order, amount),
    )
    body = parts.refund(world, order, made)
    return [
        Change("refunds/create", order["id"], body),
        updated(world, order),
        *_spent_less(world, order, amount, 0),
    ]


def cancel(world: World, order: Resource, reason: str = "CUSTOMER") -> list[Change]:
    """An order that was not shipped is cancelled and paid back in full."""
    if order["cancelledAt"] or order["fulfillments"]:
        return []
    amount = Decimal(order["currentTotalPriceSet"]["shopMoney"]["amount"])
    back = [(each, each["currentQuantity"]) for each in order["lineItems"]]
    nothing = {"currentQuantity": 0, "unfulfilledQuantity": 0}
    lines = [{**each, **nothing} for each in order["lineItems"]]
    world.change(order)
    made = _refund(world, order, [each for each in back if each[1]], amount)
    world.change(
        order,
        lineItems=lines,
        refunds=[*order["refunds"], made],
        displayFinancialStatus="REFUNDED",
        cancelledAt=world.stamp(),
        cancelReason=reason,
        closedAt=world.stamp(),
        closed=True,
        **_current(world, order, lines),
        **_refunded(world, order, amount),
    )
    return [
        Change("refunds/create", order["id"], parts.refund(world, order, made)),
        Change("orders/cancelled", order["id"], order_body(world, order)),
        updated(world, order),
        *_spent_less(world, order, amount, -1),
    ]


def updated(world: World, order: Resource) -> Change:
    """The `orders/updated` that accompanies whatever was done to an order."""
    return Change("orders/updated", order["id"], order_body(world, order))


def _current(world: World, order: Resource, lines: list[Resource]) -> Resource:
    left = [each for each in lines if each["currentQuantity"]]
    shipped = order["sourceName"] == "web"
    price = price_of(world, left, coded=bool(order["discountCodes"]), shipped=shipped)
    return current_fields(world, price, order["presentmentCurrencyCode"])


def _refund(
    world: World, order: Resource, back: list[tuple[Resource, int]], amount: Decimal
) -> Resource:
    presentment = order["presentmentCurrencyCode"]
    return {
        "__typename": "Refund",
        "id": f"gid://shopify/Refund/{world.number()}",
        "createdAt": world.stamp(),
        "note": "Did not fit",
        "order": Ref(order["id"]),
        "totalRefundedSet": world.money(amount, presentment),
        "refundLineItems": [_returned(world, each, n, presentment) for each, n in back],
        "_transaction": f"gid://shopify/OrderTransaction/{world.number()}",
    }


def _returned(world: World, each: Resource, quantity: int, presentment: str) -> Resource:
    unit = Decimal(each["originalUnitPriceSet"]["shopMoney"]["amount"])
    return {
        "id": f"gid://shopify/RefundLineItem/{world.number()}",
        "quantity": quantity,
        "subtotalSet": world.money(unit * quantity, presentment),
        "_line": each["id"],
    }


def _refunded(world: World, order: Resource, amount: Decimal) -> Resource:
    total = Decimal(order["totalRefundedSet"]["shopMoney"]["amount"]) + amount
    return {"totalRefundedSet": world.money(total, order["presentmentCurrencyCode"])}


def _spent_less(world: World, order: Resource, amount: Decimal, orders: int) -> list[Change]:
    customer = world.resources.get(order["customer"] or "")
    if customer is None:
        return []
    spent(world, customer, -amount, orders)
    return [customer_updated(world, customer), summary(world, customer)]
