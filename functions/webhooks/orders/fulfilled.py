"""orders/fulfilled: records `Order Fulfilled` and refreshes the customer's attributes."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.order import Order
from shopbridge.stores.profile import Profile
from shopbridge.translate import orders


def translate(order: Order, store: Profile) -> Commands:
    """What an order of which all is shipped means to Netcore."""
    yield orders.fulfilled(order, store)
    yield from orders.refresh_buyer(order)


handler = Webhook("orders/fulfilled", Order, translate)
