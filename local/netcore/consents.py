"""
What the calls about a contact's rights accept: blacklist, erasure, summary.

Sources: https://developer.netcorecloud.com/docs/blacklist-api,
https://developer.netcorecloud.com/docs/erase-data-request-api
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from local.netcore import reading
from local.netcore.refusal import Refused

BLACKLIST_LIMIT = 100  # ids a call; Netcore's own limit is unpublished, this is what we keep to

Id = Annotated[str, Field(min_length=1)] | int


class Blacklist(BaseModel):
    """The body of `blacklist`: identifiers of contacts and nothing else."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    data: Annotated[list[Id], Field(min_length=1, max_length=BLACKLIST_LIMIT)]


_BLACKLIST = TypeAdapter(Blacklist)


def blacklist(
    query: Mapping[str, str], headers: Mapping[str, str], body: bytes
) -> list[dict[str, Any]]:
    """
    Read a `blacklist` as one entry per id.

    Raises:
        Refused: query, headers or any one id is wrong; then nobody is blacklisted.
    """
    if query.get("activity") != "blacklist":
        raise Refused("activity is not blacklist")
    if query.get("type", "contact").lower() != "contact":
        raise Refused("type is not contact")
    key = headers.get("primarykey", "")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", key):
        raise Refused("primarykey is missing")
    channel = headers.get("channel", "email")
    if channel != "email":
        raise Refused("channel is not email")
    ids = reading.validated(_BLACKLIST, reading.parse(body)).data
    return [{"primarykey": key, "id": each, "channel": channel} for each in ids]


def erasure(query: Mapping[str, str], fields: dict[str, str]) -> dict[str, Any]:
    """Read whom to erase: from the query (newer pages) or from the form's `data` (older ones)."""
    document = reading.parse(fields["data"]) if "data" in fields else dict(query)
    key = document.get("primary_key") if isinstance(document, dict) else None
    if type(key) not in (str, int) or key == "":
        raise Refused("primary_key is missing")
    return {"primary_key": key}


@dataclass(frozen=True)
class Summarised:
    """Whose summary is asked for, and of which days."""

    primary_key: str
    since: date
    until: date


def summary(fields: dict[str, str]) -> Summarised:
    """Read the form of a summary: `data` with `primary_key` and two days as DDMMYYYY."""
    document = reading.parse(fields.get("data", ""))
    match document:
        case {"primary_key": str(key), "from_date": str(since), "to_date": str(until)} if key:
            asked = Summarised(key, _day(since), _day(until))
            if asked.since <= asked.until:
                return asked
    raise Refused("primary_key, from_date or to_date is missing or wrong")


def _day(text: str) -> date:
    if not re.fullmatch(r"[0-9]{8}", text):
        raise Refused("a date is not DDMMYYYY")
    try:
        return datetime.strptime(text, "%d%m%Y").replace(tzinfo=UTC).date()
    except ValueError as exc:
        raise Refused("a date is not in the calendar") from exc
