"""Figure: memory that a store's product feed takes to build, at a hundred thousand variants."""

import random
import time
import tracemalloc
from collections.abc import Callable
from typing import Any, Final, cast

from benchmarks.figure import Figure, Goal
from shopbridge.catalogue.building import Contents, build
from shopbridge.catalogue.item import Choice
from shopbridge.catalogue.rows import Row
from shopbridge.catalogue.table import Catalogue
from shopbridge.catalogue.upload import Gzipped, Sink, Upload
from shopbridge.catalogue.wording import Channel, Format

GOAL = Goal(limit=1.1)
"""Not 1: four objects fill parts of 5 MB; the longer, the likelier that all are full at once."""
VARIANTS: Final = (12_500, 100_000)
ROWS_OF_A_PAGE: Final = 500
"""DynamoDB answers a megabyte at a time."""
MEGABYTE: Final = 1_000_000

STORE: Final = "vapid-store.myshopify.com"
CHANNEL = Channel("Vapid Store", f"https://{STORE}", "Products of Vapid Store")


class Shelf:
    """Answers as the catalogue's table does, with so many variants, page by page."""

    def __init__(self, variants: int) -> None:
        self._variants = variants

    def query(self, **wanted: Any) -> dict[str, Any]:
        """Return the next page; rows exist while somebody holds them."""
        start = wanted.get("ExclusiveStartKey", 0)
        end = min(start + ROWS_OF_A_PAGE, self._variants)
        page: dict[str, Any] = {"Items": [row(number) for number in range(start, end)]}
        return page | ({"LastEvaluatedKey": end} if end < self._variants else {})


class Sent:
    """Answers as S3 does, and keeps nothing."""

    def create_multipart_upload(self, **_: object) -> dict[str, str]:
        """Begin an object."""
        return {"UploadId": "1"}

    def upload_part(self, **_: object) -> dict[str, str]:
        """Take a part."""
        return {"ETag": "1"}

    def complete_multipart_upload(self, **_: object) -> None:
        """End an object."""

    def put_object(self, **_: object) -> None:
        """Take an object that was small."""


def measure() -> Figure:
    """Build the feed of a large store, and of one an eighth as large."""
    few, many = VARIANTS
    peaks = [peak(few) / MEGABYTE, peak(many) / MEGABYTE]
    began = time.process_time()
    contents = built(many)
    seconds = time.process_time() - began
    parts: dict[str, float | str] = {
        f"megabytes at {few} variants": round(peaks[0], 1),
        f"megabytes at {many} variants": round(peaks[1], 1),
        f"CPU seconds at {many} variants": round(seconds, 1),
    }
    for name, one in contents.formats.items():
        parts[name] = f"{one.size / MEGABYTE:.0f} MB, {one.gzip_size / MEGABYTE:.0f} MB compressed"
    return Figure(
        name="feed",
        title="peak memory to build the product feed of 100,000 variants ÷ of 12,500",
        goal=GOAL,
        value=peaks[1] / peaks[0],
        parts=parts,
    )


def peak(variants: int) -> int:
    """Return the most bytes that were in use at once while a feed was built."""
    tracemalloc.start()
    try:
        built(variants)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def built(variants: int) -> Contents:
    """Build a feed as the job does; table and S3 alone are stand-ins."""
    rows = Catalogue(cast(Any, Shelf(variants)), STORE).rows()
    return build(rows, CHANNEL, Choice(), _opened())


def row(number: int) -> Row:
    """Write a row with a description that does not compress to nothing."""
    words = random.Random(number).randbytes(900).hex()
    return {
        "store": STORE,
        "variant": f"{number // 5}#{number}",
        "id": str(number),
        "item_group_id": str(number // 5),
        "title": f"Bean Bag {number} - Blue",
        "description": words,
        "link": f"https://{STORE}/products/bean-bag-{number}?variant={number}",
        "image_link": f"https://cdn.example/{number}.png",
        "more_images": [f"https://cdn.example/{number}-{side}.png" for side in range(3)],
        "options": {"Color": "Blue"},
        "price": "10.00",
        "compare_at_price": "12.50",
        "currency": "EUR",
        "availability": "in_stock",
        "brand": "Bean Co",
        "product_type": "Furniture",
        "sku": f"SKU-{number}",
        "gtin": "",
        "status": "active",
        "tracked": True,
        "inventory_policy": "deny",
        "inventory": {"5": {"name": "Shop", "available": 7}},
    }


def _opened() -> Callable[[Format, bool], Sink]:
    def opened(format_: Format, gzipped: bool) -> Sink:
        upload = Upload(cast(Any, Sent()), "bucket", f"feed.{format_}")
        return Gzipped(upload) if gzipped else upload

    return opened
