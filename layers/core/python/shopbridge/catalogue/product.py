"""Products as the Admin API answers; only the fields that the feed uses."""

from decimal import Decimal
from typing import Generic, TypeVar

from pydantic import Field

from shopbridge.shopify.people import Model, PlainId, Text

N = TypeVar("N")


class PageInfo(Model):
    """Whether a connection goes on, and where."""

    has_next_page: bool
    end_cursor: str | None = None


class Page(Model, Generic[N]):
    """One page of a connection."""

    nodes: tuple[N, ...] = ()
    page_info: PageInfo = PageInfo(hasNextPage=False)


class Image(Model):
    """A picture on Shopify's servers."""

    url: str


class Preview(Model):
    """The picture that stands for a medium."""

    image: Image | None = None


class Media(Model):
    """A picture, video or model of a product."""

    preview: Preview | None = None

    @property
    def url(self) -> str:
        """Address of the picture, empty where there is none."""
        return self.preview.image.url if self.preview and self.preview.image else ""


class Location(Model):
    """A place that holds stock."""

    id: PlainId
    name: Text


class Quantity(Model):
    """A number of pieces."""

    quantity: int


class Level(Model):
    """What one location has of an item."""

    location: Location
    quantities: tuple[Quantity, ...] = ()

    @property
    def available(self) -> int:
        """Pieces that can be sold; below zero where more were sold than there are."""
        return sum(one.quantity for one in self.quantities)


class InventoryItem(Model):
    """The stock side of a variant; its levels may be kept from us."""

    id: PlainId
    tracked: bool = False
    inventory_levels: Page[Level] | None = None


class Option(Model):
    """What one option of the product is for a variant: `Size`, `M`."""

    name: Text
    value: Text


class Variant(Model):
    """One variant of a product."""

    id: PlainId
    title: Text
    price: Decimal
    available_for_sale: bool
    inventory_policy: str = "DENY"
    """`CONTINUE` where it is sold on when there is none left."""
    selected_options: tuple[Option, ...] = ()
    sku: Text | None = None
    barcode: Text | None = None
    compare_at_price: Decimal | None = None
    media: Page[Media] = Page[Media]()
    inventory_item: InventoryItem | None = None


class Product(Model):
    """One product as it is now, with all its variants."""

    id: PlainId
    title: Text
    handle: str
    description: Text = ""
    vendor: Text = ""
    product_type: Text = ""
    status: str
    online_store_url: str | None = None
    featured_media: Media | None = None
    media: Page[Media] = Page[Media]()
    variants: Page[Variant]
    currency: str = Field(default="", alias="currency")
    """The store's, filled in by the reader: prices of variants carry none."""
