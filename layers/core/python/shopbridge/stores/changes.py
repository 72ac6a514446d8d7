"""Who changed what of a store, and when: one row for each saved version."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from shopbridge import batched, times
from shopbridge.stores.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

LOOKED_AT: Final = 100
"""Versions that are read for one page; DynamoDB takes no more at once."""

COMMAND_LINE: Final = "command line"
"""Who changed it, where nobody says."""

_UNTOLD: Final = frozenset({"netcore.notify_email"})
"""Settings whose value says something about a person."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One setting before and after; both None where its value is not for a log."""

    field: str
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class Change:
    """What one save changed."""

    at: datetime
    by: str
    """`user 42` of the store's staff, an operator's ARN, or `command line`."""
    what: tuple[Changed, ...]
    version: int = 0


NETCORE_KEY: Final = Changed("netcore.api_key")


class ChangeLog:
    """The changes of one store; `stores.repository` writes them with what they change."""

    def __init__(self, table: "Table", store: str) -> None:
        self._table = table
        self._store = store

    def page(self, below: int, most: int) -> list[Change]:
        """Return the newest changes below version `below`, at most `most`."""
        while below > 1:
            versions = range(below - 1, max(0, below - 1 - LOOKED_AT), -1)
            found = sorted(self._read(versions), key=lambda one: one.version, reverse=True)
            if found:
                return found[:most]
            below = versions[-1]
        return []

    def _read(self, versions: range) -> Iterator[Change]:
        keys = [{"store": key(self._store, version)} for version in versions]
        return map(_change, batched.rows(self._table, keys))


def key(store: str, version: int) -> str:
    """Key of the row that tells what changed in `version` of `store`."""
    return f"{store}#change#{version}"


def row(store: str, version: int, change: Change) -> dict[str, Any]:
    """Write a change as a row."""
    return {
        "store": key(store, version),
        "version": version,
        "at": times.text(change.at),
        "by": change.by,
        "what": json.dumps([asdict(one) for one in change.what]),
    }


def between(before: Settings, after: Settings) -> tuple[Changed, ...]:
    """List what differs, by the dotted name of each setting."""
    old, new = _flat(before.model_dump(mode="json")), _flat(after.model_dump(mode="json"))
    return tuple(
        Changed(name) if name in _UNTOLD else Changed(name, old.get(name), new.get(name))
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    )


def _flat(fields: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in fields.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = value
    return flat


def _change(item: Mapping[str, Any]) -> Change:
    return Change(
        at=times.parse(item["at"]),
        by=item["by"],
        what=tuple(Changed(**one) for one in json.loads(item["what"])),
        version=int(item["version"]),
    )
