"""fulfillments/update: records `Fulfillment Update` with status and tracking."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.fulfillment import Fulfillment
from shopbridge.stores.profile import Profile
from shopbridge.translate import fulfillments


def translate(shipment: Fulfillment, store: Profile) -> Commands:
    """What news of a shipment means to Netcore."""
    yield fulfillments.update(shipment, store)


handler = Webhook("fulfillments/update", Fulfillment, translate)
