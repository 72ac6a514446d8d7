"""Reads request bodies as strictly as a test double can: what is doubtful is refused."""

import json
import math
from typing import Any, NoReturn, TypeVar
from urllib.parse import parse_qsl

from pydantic import TypeAdapter, ValidationError

from local.netcore.refusal import Refused

T = TypeVar("T")

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
FORM_FIELDS_LIMIT = 20


def parse(text: bytes | str) -> Any:
    """Decode one JSON document; NaN, Infinity and anything after it make it no JSON."""
    try:
        return json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)
    except (ValueError, RecursionError) as exc:
        raise Refused("malformed JSON") from exc


def form(body: bytes) -> dict[str, str]:
    """Decode a form in which no field occurs twice."""
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=FORM_FIELDS_LIMIT,
        )
    except ValueError as exc:
        raise Refused("malformed form") from exc
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise Refused("a form field occurs twice")
    return fields


def require_media_type(header: str | None, media_type: str) -> None:
    """Refuse a body that is not declared as what this API reads."""
    if (header or "").partition(";")[0].strip().lower() != media_type:
        raise Refused(f"Content-Type is not {media_type}")


def validated(shape: TypeAdapter[T], document: object) -> T:
    """Check `document` against `shape`; the reason names the field, not which item had it."""
    try:
        return shape.validate_python(document)
    except ValidationError as exc:
        first = exc.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(part for part in first["loc"] if isinstance(part, str))
        raise Refused(f"{field or 'body'}: {first['msg']}") from exc


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError("a number is too large for a float")
    return number


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
