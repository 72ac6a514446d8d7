"""checkouts/update: records `Checkout Started` where the buyer became known only now."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.checkout import Checkout
from shopbridge.stores.profile import Profile
from shopbridge.translate import checkouts


def translate(checkout: Checkout, store: Profile) -> Commands:
    """What a checkout means to Netcore if it has not been reported yet."""
    yield from checkouts.started(checkout, store)


handler = Webhook("checkouts/update", Checkout, translate)
