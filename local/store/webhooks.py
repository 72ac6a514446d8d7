"""Signed webhooks as Shopify sends them, over HTTPS or EventBridge. Nothing is sent from here."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local.store.life import Happening
from local.store.resources import Change
from local.store.world import SHOP

API_VERSION = "2026-10"
CLIENT_SECRET = "shpss_local_cnry_secret"
EVENT_SOURCE = "aws.partner/shopify.com/4611/shopbridge-local"
_RAILS_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@dataclass(frozen=True, slots=True)
class Webhook:
    """Headers and raw bytes of one delivery."""

    headers: Mapping[str, str]
    body: bytes


def sign(body: bytes, secret: str = CLIENT_SECRET) -> str:
    """Return the base64 HMAC-SHA256 that Shopify sends with `body`."""
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


def encode(body: Mapping[str, Any]) -> bytes:
    """Write a body as Shopify's Rails does: compact UTF-8 with `<`, `>` and `&` escaped."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_RAILS_ESCAPES).encode()


def build(  # noqa: PLR0913 - one keyword per header
    topic: str,
    body: bytes | Mapping[str, Any],
    *,
    webhook_id: str,
    event_id: str,
    triggered_at: str,
    shop: str = SHOP,
    secret: str = CLIENT_SECRET,
    api_version: str = API_VERSION,
    lower_case: bool = False,
) -> Webhook:
    """
    Build a delivery that will be accepted; `lower_case` takes the newer header names.

    A body given as bytes is signed as it is, whatever it contains.
    """
    raw = body if isinstance(body, bytes) else encode(body)
    facts = {
        "X-Shopify-Topic": topic,
        "X-Shopify-Hmac-Sha256": sign(raw, secret),
        "X-Shopify-Shop-Domain": shop,
        "X-Shopify-API-Version": api_version,
        "X-Shopify-Webhook-Id": webhook_id,
        "X-Shopify-Event-Id": event_id,
        "X-Shopify-Triggered-At": triggered_at,
    }
    if lower_case:
        facts = {name.lower().removeprefix("x-"): value for name, value in facts.items()}
    fixed = {"Content-Type": "application/json", "User-Agent": "Shopify-Captain-Hook"}
    return Webhook({**fixed, **facts}, raw)


def webhook(
    change: Change,
    happening: Happening,
    webhook_id: str,
    *,
    shop: str = SHOP,
    secret: str = CLIENT_SECRET,
) -> Webhook:
    """Build the delivery of one change of something that happened."""
    return build(
        change.topic,
        change.body,
        webhook_id=webhook_id,
        event_id=happening.event_id,
        triggered_at=happening.triggered_at,
        shop=shop,
        secret=secret,
    )


def bus_entry(delivery: Webhook, bus: str, *, source: str = EVENT_SOURCE) -> dict[str, str]:
    """
    Turn a delivery into an entry for EventBridge `put_events` on the custom bus `bus`.

    The body travels as JSON, so its raw bytes are lost, as on Shopify's partner bus. AWS adds
    the rest of the envelope (id, account, time, region).
    """
    names = {"X-Shopify-Hmac-Sha256": "X-Shopify-Hmac-SHA256"}
    kept = {names.get(k, k): v for k, v in delivery.headers.items() if k != "User-Agent"}
    detail = {"payload": json.loads(delivery.body), "metadata": kept}
    return {
        "EventBusName": bus,
        "Source": source,
        "DetailType": "shopifyWebhook",
        "Detail": json.dumps(detail, ensure_ascii=False, separators=(",", ":")),
    }


def envelope(delivery: Webhook, event_id: str, *, source: str = EVENT_SOURCE) -> dict[str, Any]:
    """Build the whole event that a Lambda behind an EventBridge rule receives (for tests)."""
    entry = bus_entry(delivery, "", source=source)
    lower = {name.lower().removeprefix("x-"): value for name, value in delivery.headers.items()}
    return {
        "version": "0",
        "id": event_id,
        "detail-type": entry["DetailType"],
        "source": source,
        "account": "000000000000",
        "time": lower["shopify-triggered-at"][:19] + "Z",
        "region": "us-east-1",
        "resources": [],
        "detail": json.loads(entry["Detail"]),
    }
