"""orders/partially_fulfilled: records `Order Updates` and refreshes the customer's attributes."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.order import Order
from shopbridge.stores.profile import Profile
from shopbridge.translate import orders


def translate(order: Order, store: Profile) -> Commands:
    """What one part shipped means: the order changed; the shipment speaks for itself."""
    yield orders.updated(order, store)
    yield from orders.refresh_buyer(order)


handler = Webhook("orders/partially_fulfilled", Order, translate)
