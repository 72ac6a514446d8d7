"""What checkouts mean to Netcore."""

from datetime import datetime

from shopbridge.commands import (
    CloseCheckout,
    Commands,
    Identity,
    KnowVisitor,
    Params,
    RecordActivity,
    WatchCheckout,
)
from shopbridge.shopify.payloads.checkout import Checkout, CheckoutDeleted
from shopbridge.shopify.payloads.order import Buyer
from shopbridge.stores.profile import Profile
from shopbridge.translate.amounts import amount
from shopbridge.translate.identity import mobile, of_buyer
from shopbridge.translate.items import items
from shopbridge.translate.params import compact, linked, listed


def begun(checkout: Checkout, store: Profile) -> Commands:
    """
    `Checkout Started`, and the wait for an order that may not come.

    Without identity until the buyer says who they are: nothing is sent and nothing
    waited for until an update brings that, which also says whose visit to the website
    it was. A completed checkout is an order, which speaks for itself, and ends the wait.
    """
    if checkout.completed_at is not None:
        yield CloseCheckout(token=checkout.token, at=checkout.completed_at)
        return
    identity = of_buyer(checkout.customer, emails=(checkout.email,), phone=checkout.phone)
    params = parameters(checkout, identity, store)
    yield _activity("Checkout Started", checkout, identity, params, checkout.created_at)
    if identity and store.tracks:
        yield KnowVisitor(identity, checkout.token, checkout.cart_token)
    if identity:
        yield WatchCheckout(
            token=checkout.token,
            activity=_activity("Cart Abandonment", checkout, identity, params),
            cart_token=checkout.cart_token,
            at=checkout.updated_at or checkout.created_at,
        )


def deleted(checkout: CheckoutDeleted) -> Commands:
    """End the wait, where the body says for which cart: its checkout cannot be recovered."""
    if checkout.cart_token:
        yield CloseCheckout(cart_token=checkout.cart_token)


def _activity(
    name: str, checkout: Checkout, identity: Identity, params: Params, at: datetime | None = None
) -> RecordActivity:
    """Once per checkout, however often it is updated."""
    return RecordActivity(
        name=name, resource=checkout.resource, identity=identity, params=params, occurred_at=at
    )


def parameters(checkout: Checkout, identity: Identity, store: Profile) -> Params:
    """
    Describe cart and buyer.

    All amounts are in the buyer's currency, whatever the store reports: a checkout's
    body has no others.
    """
    currency = checkout.presentment_currency or checkout.currency
    buyer = checkout.customer or Buyer()
    return {
        **compact(
            checkout_token=checkout.token,
            cart_token=checkout.cart_token,
            firstname=buyer.first_name,
            lastname=buyer.last_name,
            email=identity.email,
            mobile=mobile(identity.phone),
            total_price=amount(checkout.total_price, None, store),
            subtotal_price=amount(checkout.subtotal_price, None, store),
            total_discount=amount(checkout.total_discounts, None, store),
            total_tax=amount(checkout.total_tax, None, store),
            currency=currency,
            store=store.handle,
        ),
        **linked("abandoned_checkout_url", checkout.abandoned_checkout_url),
        **listed("discount_codes", (discount.code for discount in checkout.discount_codes)),
        **items(checkout.line_items, currency, store),
    }
