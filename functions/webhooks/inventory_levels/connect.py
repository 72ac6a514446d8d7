"""inventory_levels/connect: brings an item's stock at a further location into the catalogue."""

from shopbridge.commands import Commands, RefreshProduct
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.payloads.product import InventoryLevel
from shopbridge.stores.profile import Profile


def translate(level: InventoryLevel, store: Profile) -> Commands:
    """What stock at a further location means; the body names the item, not its product."""
    yield RefreshProduct(inventory_item_id=plain_id(level.inventory_item_id))


handler = Webhook("inventory_levels/connect", InventoryLevel, translate)
