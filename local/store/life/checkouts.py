"""What happens at the checkout before anybody has paid."""

import base64

from local.store.bodies.checkouts import checkout as body
from local.store.bodies.customers import email_of, phone_of
from local.store.life.baskets import fill, price_of
from local.store.money import CURRENCIES
from local.store.resources import Change, Ref, Resource
from local.store.world import World


def start_checkout(
    world: World,
    customer: Resource | None = None,
    presentment: str | None = None,
    least: int = 1,
    *,
    by_cart: bool = True,
) -> list[Change]:
    """
    Somebody goes to the checkout; without `customer` nobody knows yet who.

    `presentment` is the currency they see; without it, the shop's own or, sometimes, another.
    `least` is the smallest quantity of a line. The address to go on at holds the cart's token,
    in older shops (not `by_cart`) the checkout's.
    """
    presentment = presentment or _currency(world)
    lines = fill(world, presentment, least)
    price = price_of(world, lines, coded=False, shipped=True)
    token = world.people.secret("checkout_tokens", world.token())
    key = world.token("recovery_keys")
    name = f"#{world.number()}"
    cart_token = _cart_token(world)
    path = f"ac/{cart_token}" if by_cart else token
    checkout = world.add(
        "AbandonedCheckout",
        name=name,
        abandonedCheckoutUrl=f"https://{world.shop}/1/checkouts/{path}/recover?key={key}",
        completedAt=None,
        discountCodes=[],
        lineItems=lines,
        subtotalPriceSet=world.money(price.subtotal, presentment),
        totalPriceSet=world.money(price.total, presentment),
        totalDiscountSet=world.money(price.discount, presentment),
        totalTaxSet=world.money(price.tax, presentment),
        _token=token,
        _cartToken=cart_token,
        _presentment=presentment,
        _acceptsMarketing=False,
        **contact_fields(customer),
    )
    return [Change("checkouts/create", checkout["id"], body(world, checkout))]


def name_buyer(world: World, checkout: Resource, customer: Resource | None = None) -> list[Change]:
    """Whoever started a checkout now says who they are: `customer`, or somebody of the shop's."""
    known = list(world.all("Customer"))
    if customer is None and not known:
        return []
    world.change(checkout, **contact_fields(customer or world.random.choice(known)))
    return [updated(world, checkout)]


def change_basket(world: World, checkout: Resource) -> list[Change]:
    """The buyer goes back and takes other things."""
    presentment = checkout["_presentment"]
    lines = fill(world, presentment)
    price = price_of(world, lines, coded=False, shipped=True)
    world.change(
        checkout,
        lineItems=lines,
        subtotalPriceSet=world.money(price.subtotal, presentment),
        totalPriceSet=world.money(price.total, presentment),
        totalTaxSet=world.money(price.tax, presentment),
    )
    return [updated(world, checkout)]


def updated(world: World, checkout: Resource) -> Change:
    """The `checkouts/update` that tells a checkout's present state."""
    return Change("checkouts/update", checkout["id"], body(world, checkout))


def contact_fields(customer: Resource | None) -> Resource:
    """What a checkout knows of its buyer."""
    address = customer and customer["defaultAddress"]
    return {
        "customer": Ref(customer["id"]) if customer else None,
        "billingAddress": address,
        "shippingAddress": address,
        "_email": email_of(customer) if customer else None,
        "_phone": phone_of(customer) if customer else None,
    }


def _cart_token(world: World) -> str:
    """As Shopify makes them: base64 of a region and something like a ULID."""
    raw = f"gcp-us-east1:{world.token()[:26].upper()}"
    return world.people.secret("cart_tokens", base64.b64encode(raw.encode()).decode())


def _currency(world: World) -> str:
    return world.random.choice((world.currency, world.currency, *CURRENCIES))
