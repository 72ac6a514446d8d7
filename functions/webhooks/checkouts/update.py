"""checkouts/update: records `Checkout Started` if new; waits anew for the order, or no longer."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.checkout import Checkout
from shopbridge.stores.profile import Profile
from shopbridge.translate import checkouts


def translate(checkout: Checkout, store: Profile) -> Commands:
    """What a changed checkout means to Netcore, or a completed one."""
    yield from checkouts.begun(checkout, store)


handler = Webhook("checkouts/update", Checkout, translate)
