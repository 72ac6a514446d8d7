"""orders/edited: records `Order Updates` with what the edit added and removed."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.order_edit import OrderEdited
from shopbridge.stores.profile import Profile
from shopbridge.translate import orders


def translate(body: OrderEdited, store: Profile) -> Commands:
    """What an edit means to Netcore; the buyer is looked up, the body has none."""
    yield orders.edited(body, store)


handler = Webhook("orders/edited", OrderEdited, translate)
