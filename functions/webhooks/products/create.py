"""products/create: adds the product to the catalogue."""

from shopbridge.commands import Commands, RefreshProduct
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.payloads.product import Product
from shopbridge.stores.profile import Profile


def translate(product: Product, store: Profile) -> Commands:
    """What a new product means to Netcore's catalogue."""
    yield RefreshProduct(product_id=plain_id(product.id))


handler = Webhook("products/create", Product, translate)
