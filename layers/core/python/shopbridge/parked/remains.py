"""What lies in a dead-letter queue: a worker's message, an event, a failed invocation."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shopbridge import message, reasons
from shopbridge.errors import InvalidPayload, Rejected
from shopbridge.message import Head, Message
from shopbridge.shopify import delivery


@dataclass(frozen=True, slots=True)
class Commands:
    """A message whose commands were not carried out, or never reached their queue."""

    text: str
    message: Message


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery that its topic's function did not get through."""

    message: Message
    reason: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something else; `message` holds it as it came, under a name we gave it."""

    message: Message


Remains = Commands | Delivery | Unreadable


def identified(body: str, message_id: str, now: datetime) -> Remains:
    """Say what `body` of a dead letter is; it is never refused."""
    try:
        return Commands(body, message.read(body))
    except InvalidPayload:
        return _from_json(body, message_id, now)


def _from_json(body: str, message_id: str, now: datetime) -> Remains:
    try:
        match json.loads(body):
            case {"Type": "Notification", "Message": str(text)}:
                return Commands(text, message.read(text))
            case {"requestPayload": {"replay": str(text)}}:
                return Delivery(message.read(text), reasons.FUNCTION_FAILED)
            case {"requestPayload": {"detail-type": _} as event}:
                return Delivery(_delivery(event, now), reasons.FUNCTION_FAILED)
            case {"detail-type": _} as event:
                return Delivery(_delivery(event, now), reasons.NOT_HANDED_OVER)
    except (ValueError, RecursionError, InvalidPayload):
        pass
    return Unreadable(_named_by_us(body, message_id, now))


def _delivery(event: dict[str, Any], now: datetime) -> Message:
    try:
        arrival = delivery.from_eventbridge(event)
        return delivery.identify(arrival, arrival.headers.get("topic", ""), now)
    except Rejected:
        return delivery.unnamed(event, delivery.UNNAMED, now)


def _named_by_us(body: str, message_id: str, now: datetime) -> Message:
    raw = body.encode("utf-8", "surrogatepass")
    head = Head(
        store=delivery.UNNAMED,
        topic=delivery.UNNAMED,
        event_id=message_id,
        digest=hashlib.sha256(raw).hexdigest()[:16],
        triggered_at=now,
        received_at=now,
    )
    return Message(head, raw)
