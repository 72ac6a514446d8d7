"""Reads a request's body more strictly than JSON's own rules ask for."""

import base64
import binascii
import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, NoReturn

from shopbridge.entry.api.problems import JSON, Problem, bad_request

LARGEST_BYTES: Final = 64 * 1024
DEEPEST: Final = 32
"""Levels of objects and lists inside each other."""


def checked(event: Mapping[str, Any], headers: Mapping[str, str]) -> str:
    """
    Return the body as text, which is one JSON object; empty where there is none.

    Raises:
        Problem: too large, another media type, or JSON that two readers may read differently.
    """
    raw = _bytes(event)
    if len(raw) > LARGEST_BYTES:
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", "At most 64 KB.")
    if not raw:
        return ""
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != JSON:
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "media_type", "Send application/json.")
    try:
        text = raw.decode()
        told = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as exc:
        raise bad_request("json", "This is not JSON that can be read.") from exc
    if not isinstance(told, dict):
        raise bad_request("json", "A JSON object is expected.")
    if depth(told) > DEEPEST:
        raise bad_request("too_deep", "Too many levels inside each other.")
    return text


def depth(told: object) -> int:
    """Count the levels of `told`, without a call for each."""
    level, deepest = [told], 0
    while level := [one for one in level if isinstance(one, dict | list)]:
        deepest += 1
        level = [inner for one in level for inner in _inside(one)]
    return deepest


def _inside(one: Any) -> Any:
    return one.values() if isinstance(one, dict) else one


def _bytes(event: Mapping[str, Any]) -> bytes:
    body = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return str(body).encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError) as exc:
        raise bad_request("json", "This is not JSON that can be read.") from exc


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name that stands twice: which of them counts would be the reader's choice."""
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a name stands twice")
    return told


def _no_number(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no JSON")
