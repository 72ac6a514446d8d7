"""orders/cancelled: records `Order Cancelled` and refreshes the customer's attributes."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.order import Order
from shopbridge.stores.profile import Profile
from shopbridge.translate import orders


def translate(order: Order, store: Profile) -> Commands:
    """What a cancelled order means to Netcore."""
    yield orders.cancelled(order, store)
    yield from orders.refresh_buyer(order)


handler = Webhook("orders/cancelled", Order, translate)
