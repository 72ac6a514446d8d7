"""carts/create: somebody is shopping: a checkout of this cart waits from now on."""

from shopbridge.commands import Commands
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.cart import Cart
from shopbridge.stores.profile import Profile
from shopbridge.translate import carts


def translate(cart: Cart, store: Profile) -> Commands:
    """What a new cart means to Netcore: nothing by itself."""
    del store
    yield carts.touched(cart)


handler = Webhook("carts/create", Cart, translate)
