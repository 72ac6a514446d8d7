"""checkouts/create: records `Checkout Started` as soon as the buyer is known."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.checkout import Checkout
from shopbridge.stores.profile import Profile
from shopbridge.translate import checkouts


def translate(checkout: Checkout, store: Profile) -> Commands:
    """What a new checkout means to Netcore."""
    yield from checkouts.started(checkout, store)


handler = Webhook("checkouts/create", Checkout, translate)
