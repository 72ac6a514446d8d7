"""One delivery as a line of the archive: its head and its exact bytes."""

from base64 import b64decode, b64encode

import msgspec

from shopbridge.message import Head, Message


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a line holds; commands are left out, since a replay translates anew."""

    head: Head
    body: str = ""
    """The bytes as text where they are UTF-8."""
    raw: str = ""
    """The bytes in base64 where they are not."""


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Line).decode


def write(message: Message) -> bytes:
    """Write a line, with its line feed."""
    head = msgspec.structs.replace(message.head, commands=(), numbers=(), body="plain", claim="")
    try:
        line = Line(head, body=message.body.decode())
    except UnicodeDecodeError:
        line = Line(head, raw=b64encode(message.body).decode())
    return _encode(line) + b"\n"


def read(line: bytes) -> Message:
    """Read what `write` wrote."""
    one = _decode(line)
    return Message(one.head, b64decode(one.raw) if one.raw else one.body.encode())


def identity(head: Head) -> tuple[str, str, str]:
    """Tell deliveries apart: an arrival that repeats another has the same identity."""
    return head.event_id, head.topic, head.digest
