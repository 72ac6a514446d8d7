"""A delivery's headers: two spellings of their names, and values that anybody may have written."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shopbridge import times
from shopbridge.errors import InvalidRequest

LONGEST_NAME = 200
"""Characters of an id or version; Shopify's ids have 36."""


def name(given: str) -> str:
    """
    Return an id or version as it was given.

    Raises:
        InvalidRequest: too long for a row's key, or of characters that no id has.
    """
    if len(given) > LONGEST_NAME or not (given.isascii() and given.isprintable()):
        raise InvalidRequest("an id or version that Shopify cannot have given")
    return given


def triggered_at(headers: Mapping[str, str], now: datetime) -> datetime:
    """Return when the merchant or buyer acted; now where the header is missing or no time."""
    try:
        return times.clamped(times.parse(headers["triggered-at"]), now)
    except (KeyError, ValueError):
        return now


def normal(headers: Mapping[str, Any]) -> dict[str, str]:
    """Lower the names and drop `x-` and `shopify-`, so that both spellings are one."""
    names = {}
    for name, value in headers.items():
        plain = name.lower().removeprefix("x-")
        if plain.startswith("shopify-"):
            names[plain.removeprefix("shopify-")] = str(value)
    return names
