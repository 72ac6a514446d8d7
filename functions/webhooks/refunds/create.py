"""refunds/create: records `Order Refunded` with the items and the amount."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.refund import Refund
from shopbridge.stores.profile import Profile
from shopbridge.translate import refunds


def translate(refund: Refund, store: Profile) -> Commands:
    """What one refund means to Netcore."""
    yield refunds.refunded(refund, store)


handler = Webhook("refunds/create", Refund, translate)
