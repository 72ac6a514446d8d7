"""From a body's bytes to its typed payload."""

import json
import re
from decimal import Decimal
from typing import Any, NoReturn, TypeVar

import msgspec

from shopbridge.errors import InvalidPayload

P = TypeVar("P")

_SUSPECT = re.compile(rb"\\u(?:0000|[dD]|[fF][fF])").search
"""Finds escapes that may spell a character which queues and tables refuse."""

_REFUSED = {0: "\ufffd", 0xFFFE: "\ufffd", 0xFFFF: "\ufffd"} | dict.fromkeys(
    range(0xD800, 0xE000), "\ufffd"
)


def read(body: bytes, payload: type[P]) -> P:
    """
    Decode `body` as `payload`: unknown fields are skipped, wrong types refused.

    Characters that AWS or Netcore would refuse later (NUL, lone surrogates, U+FFFE)
    become U+FFFD.

    Raises:
        InvalidPayload: not JSON, not this shape; says where, never what.
    """
    try:
        text = body.decode()
        if _is_suspect(body):
            tree = json.loads(text, parse_float=Decimal, parse_constant=_refused)
            return msgspec.convert(cleaned(tree), type=payload)
        return msgspec.json.decode(body, type=payload)
    except (ValueError, RecursionError) as exc:
        raise InvalidPayload(_where(exc)) from exc


def cleaned(value: Any) -> Any:
    """Replace what AWS or Netcore would refuse in every text within `value`."""
    if isinstance(value, str):
        return value.translate(_REFUSED)
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    if isinstance(value, dict):
        return {key: cleaned(item) for key, item in value.items()}
    return value


def cleaned_json(text: bytes) -> bytes:
    """
    Do the same for a JSON text; one that needs nothing is returned as it is.

    Raises:
        InvalidPayload: not JSON, not UTF-8.
    """
    if not _is_suspect(text) and (text.isascii() or _is_utf8(text)):
        return text
    try:
        return msgspec.json.encode(cleaned(json.loads(text)))
    except (ValueError, RecursionError) as exc:
        raise InvalidPayload(_where(exc)) from exc


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_suspect(body: bytes) -> bool:
    """Whether `body` may hold a refused character; one byte is searched for far faster than two."""
    return (b"\\" in body and _SUSPECT(body) is not None) or (
        b"\xef" in body and b"\xef\xbf" in body
    )


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _where(exc: Exception) -> str:
    """Name the kind of fault and its path; the value itself may be personal data."""
    text, _, path = str(exc).partition(" - at ")
    told = text.startswith(("Expected", "Object missing"))
    expected = text.partition(", got")[0] if told else ""
    return " ".join(filter(None, (type(exc).__name__, expected, path)))
