"""products/update: refreshes the product in the catalogue."""

from shopbridge.commands import Commands, RefreshProduct
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.payloads.product import Product
from shopbridge.stores.profile import Profile


def translate(product: Product, store: Profile) -> Commands:
    """What a change to a product means to Netcore's catalogue."""
    yield RefreshProduct(product_id=plain_id(product.id))


handler = Webhook("products/update", Product, translate)
