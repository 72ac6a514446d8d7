"""What the storefront sells; money in hundredths, as Liquid and `/cart.js` have it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Product:
    """A product with one variant."""

    id: int
    variant_id: int
    handle: str
    title: str
    price: int
    compare_at_price: int | None
    type: str
    vendor: str
    tags: tuple[str, ...]

    @property
    def url(self) -> str:
        """Address from the storefront's root."""
        return f"/products/{self.handle}"

    @property
    def image(self) -> str:
        """Address of its picture, without scheme, as Shopify writes it."""
        return f"//cdn.example.com/{self.handle}.png"

    def drop(self) -> dict[str, Any]:
        """Return what Liquid knows of it."""
        variant = {
            "id": self.variant_id,
            "price": self.price,
            "compare_at_price": self.compare_at_price,
        }
        return {
            "id": self.id,
            "object_type": "product",
            "title": self.title,
            "type": self.type,
            "vendor": self.vendor,
            "url": self.url,
            "featured_image": self.image,
            "collections": [{"title": "Kitchen"}, {"title": "Sale"}],
            "tags": list(self.tags),
            "selected_or_first_available_variant": variant,
        }

    def line(self, quantity: int) -> dict[str, Any]:
        """Return a line of `/cart.js`, with more than anybody reads."""
        return {
            "key": f"{self.variant_id}:1",
            "id": self.variant_id,
            "variant_id": self.variant_id,
            "product_id": self.id,
            "quantity": quantity,
            "price": self.price,
            "line_price": self.price * quantity,
            "title": f"{self.title} - Blue",
            "product_title": self.title,
            "product_type": self.type,
            "variant_title": "Blue",
            "vendor": self.vendor,
            "image": f"https:{self.image}",
            "url": f"{self.url}?variant={self.variant_id}",
            "properties": {},
        }


GOODS = (
    Product(7001, 8001, "mug", "Mug", 1250, 1500, "Kitchen", "Vapid", ("blue", "new")),
    Product(7002, 8002, "bowl", "Bowl", 2000, None, "Kitchen", "Vapid", ()),
    Product(7003, 8003, "shirt", "Shirt", 3500, None, "Clothes", "Ordinary", ("cotton",)),
)
BY_HANDLE = {product.handle: product for product in GOODS}
BY_VARIANT = {product.variant_id: product for product in GOODS}
