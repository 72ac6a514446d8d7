"""The parameters of an activity: no empty values, no text without end."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec

from shopbridge import times
from shopbridge.commands import Params

LONGEST = 255
"""Characters of a text; what is longer is cut."""

LONGEST_LIST = 1_000
"""Characters of a list written as text; what is longer is cut between two words."""

LONGEST_URL = 2_048
"""Characters of an address; a longer one is left out, since half an address leads nowhere."""


def compact(**params: Any) -> Params:
    """Keep what has a value: Netcore takes neither null nor empty text nor empty lists."""
    kept = {key: value for key, value in params.items() if value or value == 0}
    for key, value in kept.items():
        if isinstance(value, str) and len(value) > LONGEST:
            kept[key] = value[:LONGEST]
    return kept


def listed(key: str, words: Iterable[str | None]) -> Params:
    """Write `words` as one text under `key`, with a flag where some had to be left out."""
    text = ", ".join(filter(None, words))
    if not text:
        return {}
    if len(text) <= LONGEST_LIST:
        return {key: text}
    whole = text[: LONGEST_LIST + 2].rpartition(", ")[0]
    return ({key: whole} if whole else {}) | {f"{key}_truncated": "true"}


def linked(key: str, address: str | None) -> Params:
    """Put a web address under `key`, whole or not at all."""
    return {key: address} if address and len(address) <= LONGEST_URL else {}


def moment(at: datetime | None) -> str | None:
    """Write a time for people and journeys: `2026-11-23T07:48:00Z`."""
    return f"{times.text(at)[:19]}Z" if at else None


def version(at: datetime | None, params: Params) -> str:
    """
    Tell two states of one thing apart: when it changed, and what of it we send.

    The same state has the same version however often and from wherever it comes.
    """
    written = msgspec.json.encode(params, order="deterministic")
    return f"{times.text(at) if at else ''}#{sha256(written).hexdigest()[:12]}"
