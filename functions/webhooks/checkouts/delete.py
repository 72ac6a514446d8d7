"""checkouts/delete: nobody can complete it any more: waits no longer for its cart."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.checkout import CheckoutDeleted
from shopbridge.stores.profile import Profile
from shopbridge.translate import checkouts


def translate(checkout: CheckoutDeleted, store: Profile) -> Commands:
    """What a deleted checkout means to Netcore: nothing, and nothing later."""
    del store
    yield from checkouts.deleted(checkout)


handler = Webhook("checkouts/delete", CheckoutDeleted, translate)
