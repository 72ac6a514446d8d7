"""Buying: a checkout or a till becomes an order."""

from decimal import Decimal

from local.store.bodies import customers as customer_bodies
from local.store.bodies.customers import email_of, phone_of
from local.store.bodies.orders import order as order_body
from local.store.life import checkouts
from local.store.life.baskets import fill, price_fields, price_of
from local.store.life.consents import email_consent
from local.store.life.contacts import new_customer
from local.store.life.customers import updated
from local.store.life.goods import change_stock
from local.store.money import graph
from local.store.resources import Change, Ref, Resource
from local.store.world import World


def purchase(
    world: World, checkout: Resource, *, subscribes: bool = False, guest: str = "both"
) -> list[Change]:
    """
    A checkout is paid.

    An unknown buyer becomes a customer without an account, known by `guest`: `both`, `email`
    or `phone`. With `subscribes` the buyer ticks the marketing box.
    """
    changes: list[Change] = []
    customer = world.resources.get(checkout["customer"] or "")
    if customer is None:
        customer = new_customer(world, world.people.someone(), contact=guest)
        body = customer_bodies.customer(world, customer)
        changes.append(Change("customers/create", customer["id"], body))
    subscribes = subscribes and customer["defaultEmailAddress"] is not None
    known = checkouts.contact_fields(customer)
    world.change(checkout, completedAt=world.stamp(), _acceptsMarketing=subscribes, **known)
    changes.append(checkouts.updated(world, checkout))
    order = _order(world, checkout["lineItems"], checkout, customer)
    changes += _placed(world, order)
    if subscribes and customer["defaultEmailAddress"]["marketingState"] != "SUBSCRIBED":
        changes.append(email_consent(world, customer, "SUBSCRIBED"))
    return [*changes, *_counted(world, customer, order)]


def sell_at_till(world: World, email: str | None = None) -> list[Change]:
    """Somebody buys in the shop: no checkout, no customer, perhaps an e-mail for the receipt."""
    order = _order(world, fill(world, world.currency), None, None)
    order["email"] = email
    return _placed(world, order)


def spent(world: World, customer: Resource, delta: Decimal, orders: int) -> None:
    """Add to what a customer has spent, and to how many orders they have."""
    total = Decimal(customer["amountSpent"]["amount"]) + delta
    world.change(
        customer,
        amountSpent={"amount": graph(total, world.currency), "currencyCode": world.currency},
        numberOfOrders=str(int(customer["numberOfOrders"]) + orders),
    )


def summary(world: World, customer: Resource) -> Change:
    """The `customers/purchasing_summary` that follows each change of what a customer spent."""
    body = customer_bodies.purchasing_summary(customer, world.stamp())
    return Change("customers/purchasing_summary", customer["id"], body)


def _placed(world: World, order: Resource) -> list[Change]:
    changes = [
        Change("orders/create", order["id"], order_body(world, order)),
        Change("orders/updated", order["id"], order_body(world, order)),
    ]
    for line in order["lineItems"]:
        variant = world.resources.get(line["variant"])
        if variant:
            changes += change_stock(world, variant, -line["quantity"])
    return changes


def _counted(world: World, customer: Resource, order: Resource) -> list[Change]:
    spent(world, customer, Decimal(order["totalPriceSet"]["shopMoney"]["amount"]), 1)
    orders = [*customer["orders"], Ref(order["id"])]
    world.change(customer, orders=orders, lastOrder=Ref(order["id"]))
    return [updated(world, customer), summary(world, customer)]


def _order(
    world: World, lines: list[Resource], checkout: Resource | None, customer: Resource | None
) -> Resource:
    presentment = checkout["_presentment"] if checkout else world.currency
    coded = world.random.random() < 0.3  # noqa: PLR2004 - three buyers in ten have a code
    price = price_of(world, lines, coded=coded, shipped=checkout is not None)
    world.order_number += 1
    key = world.token("status_keys")
    return world.add(
        "Order",
        name=f"#{world.order_number}",
        number=world.order_number,
        confirmationNumber=world.token()[:9].upper(),
        currencyCode=world.currency,
        presentmentCurrencyCode=presentment,
        statusPageUrl=f"https://{world.shop}/1/orders/{world.token()}/authenticate?key={key}",
        _token=world.token(),
        discountCodes=["CNRY10"] if coded else [],
        lineItems=lines,
        **price_fields(world, price, presentment),
        **_from_checkout(checkout),
        **_from_buyer(customer),
        **_untouched(world),
    )


def _from_checkout(checkout: Resource | None) -> Resource:
    return {
        "cartToken": checkout["_cartToken"] if checkout else None,
        "checkoutToken": checkout["_token"] if checkout else None,
        "sourceName": "web" if checkout else "pos",
        "customerAcceptsMarketing": checkout["_acceptsMarketing"] if checkout else False,
        "paymentGatewayNames": ["shopify_payments" if checkout else "cash"],
        "billingAddress": checkout["billingAddress"] if checkout else None,
        "shippingAddress": checkout["shippingAddress"] if checkout else None,
    }


def _from_buyer(customer: Resource | None) -> Resource:
    return {
        "customer": Ref(customer["id"]) if customer else None,
        "email": email_of(customer) if customer else None,
        "phone": phone_of(customer) if customer else None,
        "customerLocale": "en",
    }


def _untouched(world: World) -> Resource:
    return {
        "processedAt": world.stamp(),
        **dict.fromkeys(("cancelledAt", "cancelReason", "closedAt", "note")),
        "closed": False,
        "confirmed": True,
        "edited": False,
        "test": False,
        "tags": [],
        "taxesIncluded": False,
        "displayFinancialStatus": "PAID",
        "displayFulfillmentStatus": "UNFULFILLED",
        "fulfillments": [],
        "refunds": [],
    }
