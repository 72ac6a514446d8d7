"""Where content lies that must outlive its message: S3 keys under `<store>/<date>`."""

from datetime import datetime

from shopbridge.message import Head

MESSAGE = "text/plain"
"""Type of a kept message text (`shopbridge.message`)."""
BODY = "application/json"
"""Type of a claimed body: the raw bytes of a delivery."""


def parked_key(head: Head, now: datetime, number: int | None = None) -> str:
    """Key of a parked delivery, or of its parked command `number`."""
    return f"parked/{_place(head, now)}" + ("" if number is None else f"-{number}")


def claim_key(head: Head, now: datetime) -> str:
    """Key of a body that is too large to travel."""
    return f"claim/{_place(head, now)}"


def _place(head: Head, now: datetime) -> str:
    topic = head.topic.replace("/", ".")
    event = "".join(c if c.isalnum() or c in "-_" else "." for c in head.event_id)
    return f"{head.store}/{now:%Y-%m-%d}/{event}-{topic}-{head.digest}"
