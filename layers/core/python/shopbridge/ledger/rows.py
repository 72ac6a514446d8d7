"""Names and shapes of the ledger's rows, shared by ingest, workers and readers."""

from dataclasses import dataclass

from shopbridge.commands import Command, kind, label
from shopbridge.message import Head

KEEP_SECONDS = 90 * 24 * 3600
"""How long a row is kept."""


@dataclass(frozen=True, slots=True)
class Key:
    """Primary key of a row: all rows of one merchant action share the partition."""

    delivery: str
    row: str


def delivery_key(head: Head) -> Key:
    """Key of a delivery's own row."""
    return Key(f"{head.store}#{head.event_id}", f"{head.topic}#{head.digest}")


def command_key(head: Head, number: int) -> Key:
    """Key of the row of a delivery's command `number`."""
    delivery = delivery_key(head)
    return Key(delivery.delivery, f"{delivery.row}#{number}")


def command_id(head: Head, number: int) -> str:
    """Name a command for people: its row's key in one text, without the store."""
    return f"{head.event_id}#{command_key(head, number).row}"


@dataclass(frozen=True, slots=True)
class Made:
    """One command as its delivery's row lists it."""

    kind: str
    label: str
    ended: str
    """Outcome that ingest itself stated, empty where a worker will."""


def summary(command: Command, ended: str | None) -> str:
    """Write a command for its delivery's row: `RecordActivity|Product Purchase|`."""
    return f"{kind(command)}|{label(command)}|{ended or ''}"


def made(summary_text: str) -> Made:
    """Read what `summary` wrote; a label may hold any character."""
    kind_, _, rest = summary_text.partition("|")
    label_, _, ended = rest.rpartition("|")
    return Made(kind_, label_, ended)


def resource_key(store: str, resource: str) -> str:
    """Key of the index by resource, for example `<store>#order#1001`."""
    return f"{store}#{resource}"


def open_since(outcome: str, at: str) -> str:
    """Sort key of the index of open rows: by state, then by time."""
    return f"{outcome}#{at}"
