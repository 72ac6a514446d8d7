"""The answer to a data request: all that we and Netcore hold of one person, as JSON."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import msgspec

from shopbridge import kept
from shopbridge.archive import lines
from shopbridge.commands import ExportPerson, Identity
from shopbridge.contacts.repository import Contacts
from shopbridge.ledger.history import End, History
from shopbridge.ledger.reader import Ledger
from shopbridge.message import Head, Message, shown
from shopbridge.privacy.content import Content
from shopbridge.privacy.mentions import Sought

MOST_CONTENT: Final = 50_000_000
"""Bytes of bodies in one bundle; what is beyond is named without its body."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """Where something of a person may lie, in one store."""

    contacts: Contacts
    ledger: Ledger
    content: Content


def of_us(
    sought: Sought,
    head: Head,
    holdings: Holdings,
    now: datetime,
    is_late: Callable[[], bool],
) -> dict[str, Any]:
    """Gather what we hold; the request itself, which names the person too, is left out."""
    archived = holdings.content.archived(sought, now, is_late)
    bodies = _Bodies(lines.identity(head))
    return {
        "contact": _contact(sought.person, holdings.contacts),
        "ledger": [_history(one) for one in _histories(sought, head.store, holdings.ledger)],
        "archive": [bodies.told(one) for one in archived.messages if bodies.is_other(one)],
        "archive_complete_since": archived.complete_since,
        "parked": [bodies.told(one) for one in holdings.content.parked(sought)
                   if bodies.is_other(one)],
    }  # fmt: skip


def written(command: ExportPerson, head: Head, us: Any, netcore: Any, now: datetime) -> bytes:
    """Write the bundle: who asked, what we hold, what Netcore says."""
    told = {
        "request": {
            "id": command.request_id,
            "store": head.store,
            "asked_at": head.triggered_at,
            "made_at": now,
            "deleted_at": now + timedelta(days=kept.DAYS),
        },
        "person": {
            **msgspec.to_builtins(command.person),
            "orders": command.orders,
            "orders_left_out": command.orders_left_out,
        },
        "shopbridge": us,
        "netcore": netcore,
    }
    return json.dumps(told, indent=1, ensure_ascii=False, default=_plain).encode()


def _contact(person: Identity, contacts: Contacts) -> dict[str, Any]:
    """Digests, states and times of the contact's row: there is no name or address in it."""
    if person.customer_id is None:
        return {}
    row = contacts.get([person.customer_id])[person.customer_id]
    return {name: value for name, value in row.item.items() if name != "store_shard"}


def _histories(sought: Sought, store: str, ledger: Ledger) -> Iterable[History]:
    """Find what was delivered about the customer and the orders; an order's refunds are there."""
    for resource in sought.resources():
        yield from ledger.about(store, resource)


def _history(history: History) -> dict[str, Any]:
    row = history.delivery
    names = ("event_id", "topic", "title", "triggered_at", "received_at", "via", "size")
    told = {name: row[name] for name in names if name in row}
    return {**told, "outcome": history.outcome, "commands": [_end(end) for end in history.ends]}


def _end(end: End) -> dict[str, Any]:
    told = {"kind": end.kind, "label": end.label, "outcome": end.outcome, "reason": end.reason}
    return {**told, "at": end.at}


class _Bodies:
    """Writes deliveries with their bodies, until there are too many of them."""

    def __init__(self, own: tuple[str, str, str]) -> None:
        self._own = own
        self._left = MOST_CONTENT

    def is_other(self, message: Message) -> bool:
        return lines.identity(message.head) != self._own

    def told(self, message: Message) -> dict[str, Any]:
        head = message.head
        told: dict[str, Any] = {
            "event_id": head.event_id,
            "topic": head.topic,
            "received_at": head.received_at,
        }
        if head.commands:
            told["commands"] = shown(head)["commands"]
        self._left -= len(message.body)
        if self._left < 0:
            return {**told, "body_left_out": True}
        return {**told, "body": _readable(message.body)} if message.body else told


def _readable(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return body.decode("utf-8", "replace")


def _plain(value: object) -> Any:
    """Write what JSON has no word for."""
    match value:
        case datetime():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else str(value)
        case set() | frozenset():
            return sorted(value)
    raise TypeError(f"{type(value).__name__} has no place in a bundle")
