"""One webhook as it arrived: over HTTPS, over EventBridge, or replayed."""

import hashlib
import json
from base64 import b64decode
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from shopbridge import message
from shopbridge.errors import InvalidPayload, InvalidRequest
from shopbridge.message import Head, Message
from shopbridge.shopify import spelling
from shopbridge.shopify.domain import is_store

Event = Mapping[str, Any]

UNNAMED = "unknown"
"""Stands for the store in the rows of events that name none."""


class Arrival(msgspec.Struct, frozen=True):
    """What a shell takes from Lambda's event before anything is believed."""

    headers: Mapping[str, str]
    body: bytes
    trusted: bool = False
    """Whether the way it came is its authentication (EventBridge's bus)."""


def from_http(event: Event) -> Arrival:
    """Read an API Gateway HTTP request (payload format 2.0); the bytes stay as signed."""
    body = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        raw = body.encode("utf-8", "surrogatepass")
    else:
        try:
            raw = b64decode(body, validate=True)
        except ValueError:
            raw = b""
    return Arrival(spelling.normal(event.get("headers") or {}), raw)


def from_eventbridge(event: Event) -> Arrival:
    """
    Read a partner event; the body becomes canonical JSON, since raw bytes are lost.

    Raises:
        InvalidPayload: no `detail.metadata` and `detail.payload` as Shopify sends them.
    """
    detail = event.get("detail")
    if not isinstance(detail, dict) or not isinstance(detail.get("metadata"), dict):
        raise InvalidPayload("the event has no detail.metadata")
    if "payload" not in detail:
        raise InvalidPayload("the event has no detail.payload")
    body = json.dumps(detail["payload"], sort_keys=True, separators=(",", ":"))
    return Arrival(spelling.normal(detail["metadata"]), body.encode(), trusted=True)


def identify(arrival: Arrival, topic: str, now: datetime) -> Message:
    """
    Name the delivery by its headers, of either spelling.

    Raises:
        InvalidRequest: topic, store, ids or body missing, impossible or not this route's.
    """
    headers = arrival.headers
    store = headers.get("shop-domain", "")
    if headers.get("topic") != topic:
        raise InvalidRequest("the topic header is not this route's")
    if not is_store(store):
        raise InvalidRequest("the shop header names no store")
    webhook_id = spelling.name(headers.get("webhook-id", ""))
    event_id = spelling.name(headers.get("event-id", "")) or webhook_id
    if not event_id:
        raise InvalidRequest("neither event id nor webhook id")
    if not arrival.body:
        raise InvalidRequest("an empty body")
    head = Head(
        store=store.lower(),
        topic=topic,
        event_id=event_id,
        webhook_id=webhook_id,
        digest=_digest(arrival.body),
        via="eventbridge" if arrival.trusted else "https",
        api_version=spelling.name(headers.get("api-version", "")),
        triggered_at=spelling.triggered_at(headers, now),
        received_at=now,
    )
    return Message(head, arrival.body)


def unnamed(event: Event, topic: str, now: datetime) -> Message:
    """Wrap an event that names no delivery, so that it can be parked and looked at."""
    body = json.dumps(event, sort_keys=True, default=str).encode()
    head = Head(
        store=UNNAMED,
        topic=topic,
        event_id=str(event.get("id") or "no-id"),
        digest=_digest(body),
        via="eventbridge",
        triggered_at=now,
        received_at=now,
    )
    return Message(head, body)


def from_replay(text: str, topic: str) -> Message:
    """
    Read a kept or archived delivery again; it keeps its identity and its times.

    Raises:
        InvalidPayload: not a message of ours, of another topic, or without its body.
    """
    kept = message.read(text)
    if kept.head.topic != topic:
        raise InvalidPayload(f"a delivery of {kept.head.topic}")
    if _digest(kept.body) != kept.head.digest:
        raise InvalidPayload("the text does not hold the delivery's whole body")
    head = msgspec.structs.replace(kept.head, via="replay", commands=(), numbers=(), body="plain")
    return Message(head, kept.body)


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]
