"""Deliveries that tests send: orders of one buyer, over HTTPS, the bus, or as a replay."""

import json
from typing import Any

from shopbridge.message import Message, write
from shopbridge.shopify import delivery
from tests import bad_inputs
from tests.integration.pipeline.clock import Clock
from tests.integration.pipeline.system import SECRET

Event = dict[str, Any]


def order(number: int = 1001, **changes: object) -> dict[str, Any]:
    """Return the order `#<number>`, whose id is five times a thousand and its number."""
    return {**bad_inputs.order(), "id": 5_000_000 + number, "name": f"#{number}", **changes}


def https(  # noqa: PLR0913 - one keyword for each header that tests change
    shop: str,
    body: dict[str, Any],
    event_id: str = "e-1",
    *,
    topic: str = "orders/create",
    secret: str = SECRET,
    triggered_at: str = "2026-11-23T12:00:00.000Z",
) -> Event:
    """Write the event of a topic function behind API Gateway."""
    raw = bad_inputs.encode(body)
    headers = {
        "X-Shopify-Topic": topic,
        "X-Shopify-Hmac-Sha256": bad_inputs.sign(raw, secret),
        "X-Shopify-Shop-Domain": shop,
        "X-Shopify-Webhook-Id": f"w-{event_id}",
        "X-Shopify-Event-Id": event_id,
        "X-Shopify-Triggered-At": triggered_at,
    }
    return bad_inputs.lambda_event(bad_inputs.Request(topic, headers, raw))


def bus(shop: str, body: dict[str, Any], event_id: str = "e-1") -> Event:
    """Write the event of a topic function behind EventBridge; its JSON is spaced otherwise."""
    metadata = {
        "X-Shopify-Topic": "orders/create",
        "X-Shopify-Shop-Domain": shop,
        "X-Shopify-Webhook-Id": f"w-{event_id}-bus",
        "X-Shopify-Event-Id": event_id,
        "X-Shopify-Triggered-At": "2026-11-23T12:00:00.000Z",
    }
    return {
        "detail-type": "shopifyWebhook",
        "id": "bus-1",
        "detail": json.loads(json.dumps({"payload": body, "metadata": metadata})),
    }


def replay(event: Event, clock: Clock) -> Event:
    """Write the replay of a delivery that came over HTTPS."""
    arrival = delivery.from_http(event)
    message: Message = delivery.identify(arrival, "orders/create", clock.now())
    return {"replay": write(message.head, message.body)}
