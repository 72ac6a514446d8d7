"""shop/update: takes over the store's name, domain, currency and time zone."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.shop import Shop
from shopbridge.stores.profile import Profile
from shopbridge.translate import shops


def translate(shop: Shop, store: Profile) -> Commands:
    """What a change to the store itself means."""
    yield shops.update(shop, store)


handler = Webhook("shop/update", Shop, translate)
