"""Names and shapes of the ledger's rows, shared by ingest, workers and readers."""

import msgspec

from shopbridge.commands import Command, kind, label
from shopbridge.message import Head, Message
from shopbridge.times import text

KEEP_SECONDS = 90 * 24 * 3600
"""How long a row is kept."""


FACTS = (
    "#store = :store, topic = :topic, event_id = :event_id, webhook_id = :webhook_id,"
    " via = if_not_exists(via, :via), #size = :size, triggered_at = :triggered_at"
)
"""What every delivery's row says of it, as an update expression; see `facts`."""


class Key(msgspec.Struct, frozen=True):
    """Primary key of a row: all rows of one merchant action share the partition."""

    delivery: str
    row: str


def delivery_key(head: Head) -> Key:
    """Key of a delivery's own row."""
    return Key(f"{head.store}#{head.event_id}", f"{head.topic}#{head.digest}")


def facts(message: Message) -> dict[str, str | int]:
    """Values of `FACTS` for the delivery that `message` brings."""
    head = message.head
    return {
        ":store": head.store,
        ":topic": head.topic,
        ":event_id": head.event_id,
        ":webhook_id": head.webhook_id,
        ":via": head.via,
        ":size": len(message.body),
        ":triggered_at": text(head.triggered_at),
    }


def command_key(head: Head, number: int) -> Key:
    """Key of the row of a delivery's command `number`."""
    delivery = delivery_key(head)
    return Key(delivery.delivery, f"{delivery.row}#{number}")


def command_id(head: Head, number: int) -> str:
    """Name a command for people: its row's key in one text, without the store."""
    return f"{head.event_id}#{command_key(head, number).row}"


class Made(msgspec.Struct, frozen=True):
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
