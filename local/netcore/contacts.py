"""
What the contact calls accept: one contact by form (`apiv2`), up to 1000 by JSON (`batchadd`),
and where a file of them is (`bulkupload`).

Sources: https://developer.netcorecloud.com/docs/add-new-contact-async,
https://developer.netcorecloud.com/docs/add-bulk-contact-through-api
"""

import re
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from local.netcore import reading
from local.netcore.refusal import Refused

BATCH_LIMIT = 1000  # contacts a call; set by Netcore
ATTRIBUTES_LIMIT = 20  # of one contact; set by Netcore

_ATTRIBUTE = re.compile(r"[A-Z][A-Z0-9_]*")

Row = dict[str, str | int]


class Batch(BaseModel):
    """The envelope of `batchadd`; its keys are lower case, and any other is refused."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    listid: Annotated[int, Field(ge=1)]
    notifyemail: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")]
    primarykey: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
    callback: str | None = None
    callbackurl: str | None = None  # the older page's spelling
    data: Annotated[list[Any], Field(min_length=1, max_length=BATCH_LIMIT)]


_BATCH = TypeAdapter(Batch)


def batch(body: bytes) -> list[dict[str, Any]]:
    """
    Read a `batchadd` as one entry per row, with the name of its primary key.

    Raises:
        Refused: the envelope or any one row is wrong; then no row is taken.
    """
    envelope = reading.validated(_BATCH, reading.parse(body))
    key = envelope.primarykey.upper()
    note = {"_primarykey": key, "_listid": envelope.listid, "_via": "batchadd"}
    return [{**row(one, key), **note} for one in envelope.data]


def single(fields: dict[str, str], key: str, via: str) -> dict[str, Any]:
    """Read the form of `add` or `addsync` as one entry; `key` is the panel's primary key."""
    _only(fields, {"data", "listid"})
    note = {"_primarykey": key, "_listid": _list_id(fields), "_via": via}
    return {**row(reading.parse(fields.get("data", "")), key), **note}


def upload(fields: dict[str, str]) -> dict[str, Any]:
    """Read the form of `bulkupload`: where the file is; see `bulk_files` for what is in it."""
    _only(fields, {"path", "listid", "notifyemail", "callback"})
    if not re.fullmatch(r"https?://\S+", fields.get("path", "")):
        raise Refused("path is not a URL")
    _list_id(fields)
    return dict(fields)


def row(told: object, key: str) -> Row:
    """
    Read one contact, whose primary key is `key`.

    Raises:
        Refused: Netcore would not take it.
    """
    if not isinstance(told, dict):
        raise Refused("a contact is not an object")
    if len(told) > ATTRIBUTES_LIMIT:
        raise Refused(f"more than {ATTRIBUTES_LIMIT} attributes")
    if not all(_ATTRIBUTE.fullmatch(name) for name in told):
        raise Refused("an attribute name is not upper case")
    if not all(type(value) in (str, int) for value in told.values()):
        raise Refused("an attribute is neither string nor integer")
    if told.get(key, "") == "":
        raise Refused("the primary key is missing")
    return told


def _only(fields: dict[str, str], known: set[str]) -> None:
    if not fields.keys() <= known:
        raise Refused("unknown form field")


def _list_id(fields: dict[str, str]) -> int | None:
    text = fields.get("listid")
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise Refused("listid is not an integer")
    return int(text)
