"""
The one text that travels: through SNS and SQS, into kept objects, back in a replay.

`<base64url(head)>.<base64url(body)>`: workers read the head without touching the
body, and neither part needs escaping in SNS's form encoding.
"""

import zlib
from base64 import b64encode, urlsafe_b64decode
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from shopbridge.commands import Command
from shopbridge.errors import InvalidPayload

Via = Literal["https", "eventbridge", "replay", "timer", "history", "reconciliation"]
BodyForm = Literal["plain", "gzip", "claim"]

ZIP_ABOVE = 40_000
"""Bytes of head or body above which compressing saves a 64 kB billing unit."""

VERSION = 1

LARGEST_BODY = 10 * 1024 * 1024
"""Bytes; no more passes API Gateway."""

Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Head(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything about a delivery but its bytes."""

    store: str
    topic: str
    event_id: str
    digest: str
    """First 16 hex digits of the SHA-256 of the raw bytes."""
    triggered_at: Moment
    received_at: Moment
    via: Via = "https"
    webhook_id: str = ""
    api_version: str = ""
    commands: tuple[Command, ...] = ()
    numbers: tuple[int, ...] = ()
    """Position of each command in the delivery; names its ledger row."""
    body: BodyForm = "plain"
    claim: str = ""
    """S3 key of the body where it was too large to travel."""
    v: int = VERSION


class Message(msgspec.Struct, frozen=True):
    """A head and the raw bytes of the delivery it describes."""

    head: Head
    body: bytes = b""


_ZIPPED = b"\x78"
"""How what zlib writes begins; a head that was left as it is begins with a brace."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Head).decode


def write(head: Head, body: bytes) -> str:
    """Write the text; a large head or body is compressed, a claimed body is left out."""
    if head.body == "claim":
        body = b""
    elif len(body) > ZIP_ABOVE:
        head = msgspec.structs.replace(head, body="gzip")
        body = zlib.compress(body, 1)
    told = _encode(head)
    if len(told) > ZIP_ABOVE:
        told = zlib.compress(told, 1)
    return f"{_to_text(told)}.{_to_text(body)}"


def read_head(text: str) -> Head:
    """
    Read the head alone.

    Raises:
        InvalidPayload: not a text of ours, or of another version.
    """
    part, dot, _ = text.partition(".")
    try:
        told = _from_text(part)
        head = _decode(_inflated(told) if told.startswith(_ZIPPED) else told)
    except (ValueError, zlib.error, msgspec.DecodeError) as exc:
        raise InvalidPayload(f"not a message of ours: {type(exc).__name__}") from exc
    if not dot or head.v != VERSION:
        raise InvalidPayload(f"message version {head.v}, not {VERSION}")
    if len(head.numbers) != len(head.commands):
        raise InvalidPayload("a message whose commands are not numbered")
    return head


def read(text: str) -> Message:
    """
    Read head and body; a claimed body is empty here and lies at `head.claim`.

    Raises:
        InvalidPayload: not a text of ours, or of another version.
    """
    head = read_head(text)
    try:
        body = _from_text(text.partition(".")[2])
        if head.body == "gzip":
            body = _inflated(body)
    except (ValueError, zlib.error) as exc:
        raise InvalidPayload(f"its body is damaged: {type(exc).__name__}") from exc
    return Message(head, body)


def shown(head: Head) -> dict[str, Any]:
    """Return a head as JSON has it, what its commands carry included."""
    told: dict[str, Any] = msgspec.json.decode(_encode(head))
    return told


def _inflated(part: bytes) -> bytes:
    inflating = zlib.decompressobj()
    inflated = inflating.decompress(part, LARGEST_BODY)
    if not inflating.eof:
        raise ValueError("cut off, or larger than any body")
    return inflated


def _to_text(data: bytes) -> str:
    # Both characters are rare in the base64 of JSON: replacing them costs a twentieth of
    # `urlsafe_b64encode`, which translates every byte.
    standard = b64encode(data).rstrip(b"=")
    return standard.replace(b"+", b"-").replace(b"/", b"_").decode("ascii")


def _from_text(text: str) -> bytes:
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
