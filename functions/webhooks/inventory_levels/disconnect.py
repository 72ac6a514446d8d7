"""inventory_levels/disconnect: takes an item's stock at a location out of the catalogue."""

from shopbridge.commands import Commands, RefreshProduct
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.payloads.product import InventoryLevel
from shopbridge.stores.profile import Profile


def translate(level: InventoryLevel, store: Profile) -> Commands:
    """What the end of stock at a location means; the body names the item, not its product."""
    yield RefreshProduct(inventory_item_id=plain_id(level.inventory_item_id))


handler = Webhook("inventory_levels/disconnect", InventoryLevel, translate)
