"""inventory_items/update: refreshes the item's product, where SKU or tracking changed."""

from shopbridge.commands import Commands, RefreshProduct
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.payloads.product import InventoryItem
from shopbridge.stores.profile import Profile


def translate(item: InventoryItem, store: Profile) -> Commands:
    """What a changed inventory item means; the body does not name its product."""
    yield RefreshProduct(inventory_item_id=plain_id(item.id))


handler = Webhook("inventory_items/update", InventoryItem, translate)
