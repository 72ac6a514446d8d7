"""checkouts/create: records `Checkout Started` once the buyer is known; waits for the order."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.checkout import Checkout
from shopbridge.stores.profile import Profile
from shopbridge.translate import checkouts


def translate(checkout: Checkout, store: Profile) -> Commands:
    """What a new checkout means to Netcore."""
    yield from checkouts.begun(checkout, store)


handler = Webhook("checkouts/create", Checkout, translate)
