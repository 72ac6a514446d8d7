"""Figure: what `/collect` spends on an event of a website, beside what nobody can avoid."""

import json
from datetime import datetime
from http import HTTPStatus
from typing import Any

import msgspec

from benchmarks import scene
from benchmarks.baselines.collecting import take
from benchmarks.cpu import compare
from benchmarks.figure import Figure, Goal
from functions.website_tracking.collect import handler as deployed
from shopbridge.entry.collect import Collect, Services
from shopbridge.stores.profile import Profile

NAME = "collecting"
TITLE = "warm CPU of POST /collect ÷ the least that any function does with such an event"
GOAL = Goal(limit=1.5)

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


def measure() -> Figure:
    """Compare a checkout of three lines, from its request to SNS's bytes, with the baseline."""
    request = {
        "requestContext": {"http": {"method": "POST"}},
        "headers": {"origin": "null"},
        "body": json.dumps(EVENT),
    }
    handler = _handler()
    status = handler(request, None)["statusCode"]
    if status != HTTPStatus.ACCEPTED:
        raise RuntimeError(f"the function did not take its own benchmark: {status}")
    pair = compare(lambda: handler(request, None), lambda: take(request, KEY, _publish))
    alone = compare(lambda: handler(request, None), lambda: json.loads(str(request["body"])))
    return Figure(
        name=NAME,
        title=TITLE,
        goal=GOAL,
        value=pair.ratio,
        parts={
            "POST /collect µs": round(pair.first, 1),
            "baseline µs": round(pair.second, 1),
            "json.loads alone µs": round(alone.second, 1),
            "body, bytes": len(str(request["body"])),
        },
    )


def _handler() -> Collect:
    """The deployed function, up to AWS."""
    inside = msgspec.structs.replace(scene.services(scene.Ready()), profiles=OnePixel())
    services: Any = Services(inside, NoHurry())  # type: ignore[arg-type]  # duck of Pace
    return msgspec.structs.replace(deployed, services=lambda: services)


def _publish(message: str) -> None:
    scene.Ready().publish(scene.TOPIC_ARN, message, {"HoldActivity": "1"}, scene.SHOP)
