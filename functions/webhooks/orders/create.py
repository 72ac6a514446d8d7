"""orders/create: records `Product Purchase`, refreshes the customer, closes their checkout."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.order import Order
from shopbridge.stores.profile import Profile
from shopbridge.translate import orders


def translate(order: Order, store: Profile) -> Commands:
    """What one new order means to Netcore."""
    purchase = orders.purchase(order, store)
    yield purchase
    yield from orders.refresh_buyer(order)
    yield from orders.close_checkout(order, purchase.identity)
    yield from orders.know_visitor(order, purchase.identity, store)


handler = Webhook("orders/create", Order, translate)
