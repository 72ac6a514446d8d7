"""A visit to a headless storefront: six events to `/collect`, then Shopify says who it was."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import httpx

from local.demo.installation import STOREFRONT
from local.run import Run
from local.store.planned import PlannedDelivery

MUG = {"prid": 7001, "name": "Mug", "price": 12.5, "currency": "USD", "brand": "Vapid"}
URL = {"produrl": f"{STOREFRONT}/products/mug"}


@dataclass(frozen=True, slots=True)
class Visit:
    """What became of the visit at our doors."""

    answers: tuple[int, ...]
    webhooks: int

    @property
    def deliveries(self) -> int:
        """Rows in the ledger: each event as it came and as it was told, and the webhooks."""
        return 2 * len(self.answers) + self.webhooks

    @property
    def was_taken(self) -> bool:
        """Whether every event was taken."""
        return set(self.answers) == {HTTPStatus.ACCEPTED}


def visit(running: Run, http: httpx.Client) -> Visit:
    """Browse as somebody unknown, begin a checkout, and let its webhook name the buyer."""
    world, shop = f"{running.store_url}/_world", {"shop": running.shop}
    customer = http.get(f"{world}/customers", params=shop).raise_for_status().json()[0]["id"]
    begun = {"event": "start_checkout", "how": {"customer": customer}}
    told = http.post(world, params=shop, json=begun).raise_for_status().json()
    webhooks = [PlannedDelivery.from_json(each) for each in told["deliveries"]]
    checkout = json.loads(webhooks[0].body)
    answers = tuple(_tell(running, http, event) for event in _events(running.shop, checkout))
    for webhook in webhooks:
        http.post(
            f"{running.api_url}/webhooks/{webhook.topic}",
            content=webhook.body,
            headers=dict(webhook.headers),
        ).raise_for_status()
    return Visit(answers, len(webhooks))


def _tell(running: Run, http: httpx.Client, event: dict[str, Any]) -> int:
    headers = {"Origin": STOREFRONT}
    return http.post(f"{running.api_url}/collect", json=event, headers=headers).status_code


def _events(shop: str, checkout: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what the documents' snippet would send, in the order of a visit."""
    visitor, cart = str(uuid.uuid4()), {"cart_token": checkout["cart_token"]}
    item = {**MUG, **URL, "type": "Kitchen", "variant": "Blue", "prqt": 1}
    gone = {**MUG, **URL, "producttype": "Kitchen", "variant": "Blue", "prqt": 1}
    told: tuple[tuple[str, dict[str, Any], dict[str, str]], ...] = (
        ("Page Browse", {"pageurl": f"{STOREFRONT}/", "pagetitle": "Home"}, {}),
        ("Product Search", {"keyword": "mug", "items": [7001]}, {}),
        ("Page View", {**MUG, **URL, "type": "Kitchen"}, {}),
        ("Add to Cart", item, cart),
        ("Remove from Cart", gone, cart),
        (
            "Checkout",
            {"itemcount": 1, "total_price": 12.5, "items": [item]},
            {**cart, "checkout_token": checkout["token"]},
        ),
    )
    for name, params, tokens in told:
        yield {
            "store": shop,
            "name": name,
            "id": str(uuid.uuid4()),
            "at": datetime.now(UTC).isoformat(),
            "visitor": visitor,
            "consent": {"analytics": True, "marketing": True},
            "params": params,
            **tokens,
        }
