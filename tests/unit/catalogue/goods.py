"""Rows of a catalogue as tests make them, and sinks that keep what is written."""

from collections.abc import Iterable
from typing import Any

from shopbridge.catalogue.building import Contents, build
from shopbridge.catalogue.item import Choice
from shopbridge.catalogue.rows import Row
from shopbridge.catalogue.wording import Channel, Format

CHANNEL = Channel("Vapid & Sons", "https://vapid-store.example", "Products of Vapid & Sons")

EVERYTHING = Choice()


def row(id_: int = 11, **changes: Any) -> Row:
    """Write the row of a variant that has everything."""
    return {
        "id": str(id_),
        "item_group_id": "1",
        "title": "Bean Bag - Blue",
        "description": "Soft.",
        "link": f"https://vapid-store.example/products/bean-bag?variant={id_}",
        "image_link": "https://cdn.example/bag.png",
        "more_images": ["https://cdn.example/bag.png", "https://cdn.example/bag-open.png"],
        "options": {"Color": "Blue"},
        "price": "10.00",
        "compare_at_price": "12.50",
        "currency": "EUR",
        "availability": "in_stock",
        "brand": "Bean Co",
        "product_type": "Furniture",
        "sku": "SKU-11",
        "barcode": "4006381333931",
        "gtin": "4006381333931",
        "status": "active",
        "tracked": True,
        "inventory_policy": "deny",
        "inventory": {
            "5": {"name": "Shop", "available": 7},
            "6": {"name": "Warehouse", "available": -1},
        },
        **changes,
    }


class Kept:
    """Stands for S3: keeps what is written, and whether it was closed or given up."""

    def __init__(self, *, gzipped: bool) -> None:
        self.gzipped = gzipped
        self.written = bytearray()
        self.state = "open"

    @property
    def size(self) -> int:
        """Bytes that were written."""
        return len(self.written)

    def write(self, data: bytes) -> None:
        """Take more."""
        self.written += data

    def close(self) -> None:
        """Make it appear."""
        self.state = "closed"

    def give_up(self) -> None:
        """Leave nothing behind."""
        self.state = "given up"


class Shelf:
    """Builds a feed in memory."""

    def __init__(self) -> None:
        self.sinks: dict[tuple[Format, bool], Kept] = {}

    def open(self, format_: Format, gzipped: bool) -> Kept:
        """Open a sink."""
        sink = Kept(gzipped=gzipped)
        self.sinks[format_, gzipped] = sink
        return sink

    def build(
        self, rows: Iterable[Row], choice: Choice = EVERYTHING, channel: Channel = CHANNEL
    ) -> Contents:
        """Build the feed of `rows`."""
        return build(rows, channel, choice, self.open)

    @property
    def xml(self) -> bytes:
        """The feed as RSS."""
        return bytes(self.sinks["xml", False].written)

    @property
    def json(self) -> bytes:
        """The feed as JSON."""
        return bytes(self.sinks["json", False].written)
