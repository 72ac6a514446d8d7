"""Bodies of products and their stock; only which one changed is used."""

from msgspec import Struct, field

from shopbridge.shopify.payloads.base import Id, plain_id, short


class Product(Struct, frozen=True):
    """A product with the first 100 of its variants; of one that was deleted, only the id."""

    id: Id
    name: str | None = field(name="title", default=None)

    @property
    def resource(self) -> str:
        """`product#2001`."""
        return f"product#{plain_id(self.id)}"

    @property
    def title(self) -> str:
        """The product's title."""
        return short(self.name)


class InventoryLevel(Struct, frozen=True):
    """How much of an item a location has; names the item, not its product."""

    inventory_item_id: Id

    @property
    def resource(self) -> str:
        """`inventory-item#3001`."""
        return f"inventory-item#{plain_id(self.inventory_item_id)}"

    @property
    def title(self) -> str:
        """Empty: the body has no name."""
        return ""


class InventoryItem(Struct, frozen=True):
    """The stock side of a variant; names neither it nor its product."""

    id: Id
    sku: str | None = None

    @property
    def resource(self) -> str:
        """`inventory-item#3001`."""
        return f"inventory-item#{plain_id(self.id)}"

    @property
    def title(self) -> str:
        """The item's SKU."""
        return short(self.sku)
