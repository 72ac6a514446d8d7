"""products/delete: takes the product out of the catalogue."""

from shopbridge.commands import Commands, RefreshProduct
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.payloads.product import Product
from shopbridge.stores.profile import Profile


def translate(product: Product, store: Profile) -> Commands:
    """What a deleted product means: the worker looks and finds none."""
    yield RefreshProduct(product_id=plain_id(product.id))


handler = Webhook("products/delete", Product, translate)
