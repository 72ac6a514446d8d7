"""An event of a website, and the function that takes it, whose AWS is in memory."""

import json
from datetime import datetime
from http import HTTPStatus
from typing import Any

import msgspec

from benchmarks import scene
from benchmarks.cpu import Pair, compare
from functions.website_tracking.collect import handler as deployed
from shopbridge.entry.collect import Services
from shopbridge.stores.profile import Profile

KEY = "benchmark-pixel-key"
ITEM = {
    "prid": "8001",
    "name": "Mug",
    "image": "https://cdn.example.com/mug.png",
    "price": 12.5,
    "produrl": "https://shop.example.com/products/mug",
    "type": "Kitchen",
    "currency": "USD",
    "prqt": 1,
    "brand": "Vapid",
    "variant": "Blue",
}
EVENT = {
    "store": scene.SHOP,
    "key": KEY,
    "name": "Checkout",
    "id": "sh-5a1f9a7c-8f33-4b4e-9b4f-3a2b1c0d9e8f",
    "at": scene.NOW.isoformat(),
    "visitor": "5f8c1f7e-6f0a-4f0e-8a53-0c8d2f9b7a61",
    "consent": {"analytics": True, "marketing": True},
    "checkout_token": "c0ffee00c0ffee00c0ffee00c0ffee00",
    "params": {"itemcount": 3, "total_price": 37.5, "currency": "USD", "items": [ITEM] * 3},
}


class OnePixel:
    """Takes the place of the stores table."""

    def get(self, store: str, *, newer_than: datetime | None = None) -> Profile | None:
        """Return the one store there is, with its pixel."""
        return msgspec.structs.replace(scene.PROFILE, pixel_key=KEY)


class NoHurry:
    """Takes the place of the store's pace."""

    def allows(self, store: str, now: datetime) -> bool:
        """Take whatever comes."""
        return True


def measure() -> Pair:
    """Compare a checkout of three lines, from its request to SNS's bytes, with `json.loads`."""
    inside = msgspec.structs.replace(scene.services(scene.Ready()), profiles=OnePixel())
    services: Any = Services(inside, NoHurry())  # type: ignore[arg-type]  # duck of Pace
    handler = msgspec.structs.replace(deployed, services=lambda: services)
    body = json.dumps(EVENT)
    request = {
        "requestContext": {"http": {"method": "POST"}},
        "headers": {"origin": "null"},
        "body": body,
    }
    status = handler(request, None)["statusCode"]
    if status != HTTPStatus.ACCEPTED:
        raise RuntimeError(f"the function did not take its own benchmark: {status}")
    return compare(lambda: handler(request, None), lambda: json.loads(body))
