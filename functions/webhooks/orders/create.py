"""orders/create: records `Product Purchase` and refreshes the customer's attributes."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.order import Order
from shopbridge.stores.profile import Profile
from shopbridge.translate import orders


def translate(order: Order, store: Profile) -> Commands:
    """What one new order means to Netcore."""
    yield orders.purchase(order, store)
    yield from orders.refresh_buyer(order)


handler = Webhook("orders/create", Order, translate)
