"""
The secret with which Netcore calls: drawn by us, shown once, two valid while one is replaced.

Its row lies beside the store's. A digest lets a call in without KMS, so that a store that
exists answers no slower than one that does not; the sealed secret is opened for signatures.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from shopbridge import times
from shopbridge.conditional import written
from shopbridge.errors import StoreConflict
from shopbridge.stores.vault import EVERY_INSTALL, Vault

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

BOTH_VALID: Final = timedelta(days=7)
"""How long the older secret still opens after a newer one was made."""
_BYTES: Final = 32
_NOBODY: Final = hashlib.sha256(b"nobody's secret").digest()


@dataclass(frozen=True, slots=True)
class Entry:
    """One secret as its row holds it."""

    digest: bytes
    sealed: bytes
    made_at: datetime
    until: datetime | None = None
    """When it stops to open; None for the newest."""

    def opens(self, now: datetime) -> bool:
        """Whether it is valid."""
        return self.until is None or now < self.until


@dataclass(frozen=True)
class InboundSecrets:
    """The secrets of one store; it cannot reach another's."""

    table: "Table"
    vault: Vault
    store: str
    now: Callable[[], datetime]

    def valid(self) -> Sequence[Entry]:
        """Return what opens now, newest first; nothing where none was ever made."""
        return [entry for entry in self._entries(self._row()) if entry.opens(self.now())]

    def rotate(self, *, forget_older: bool = False) -> str:
        """
        Make a new secret and return it: the only time that it is shown.

        The one before stays valid for seven days, unless it is to be forgotten at once.

        Raises:
            StoreConflict: somebody else made one at the same time.
        """
        row, now = self._row(), self.now()
        secret = secrets.token_urlsafe(_BYTES)
        sealed = self.vault.seal(secret, store=self.store, epoch=EVERY_INSTALL)
        older = [entry for entry in self._entries(row) if entry.opens(now)][:1]
        kept = [] if forget_older else [_older(entry, now + BOTH_VALID) for entry in older]
        version = int(row.get("version", 0))
        item = {
            "store": key(self.store),
            "version": version + 1,
            "secrets": [_item(Entry(_digest(secret), sealed, now)), *map(_item, kept)],
        }
        if not self._put(item, version):
            raise StoreConflict("somebody else made a secret at the same time")
        return secret

    def open(self, entry: Entry) -> str:
        """Open a secret, to check a signature with it."""
        return self.vault.open_for(entry.sealed, store=self.store, epoch=EVERY_INSTALL)

    def _put(self, item: dict[str, Any], version: int) -> bool:
        return written(
            lambda: self.table.put_item(
                Item=item,
                ConditionExpression="attribute_not_exists(#store) OR version = :version",
                ExpressionAttributeNames={"#store": "store"},
                ExpressionAttributeValues={":version": version},
            )
        )

    def _row(self) -> dict[str, Any]:
        row = self.table.get_item(Key={"store": key(self.store)}, ConsistentRead=True)
        return dict(row.get("Item", {}))

    def _entries(self, row: dict[str, Any]) -> list[Entry]:
        return [
            Entry(
                bytes(one["digest"]),
                bytes(one["sealed"]),
                times.parse(one["made_at"]),
                times.parse(one["until"]) if one.get("until") else None,
            )
            for one in row.get("secrets", ())
        ]


def key(store: str) -> str:
    """Key of the row that holds a store's secrets for Netcore's calls."""
    return f"{store}#netcore"


def shown(given: str, entries: Sequence[Entry]) -> bool:
    """Whether `given` is one of the secrets; takes as long where there is none."""
    digest = _digest(given)
    found = [hmac.compare_digest(digest, entry.digest) for entry in entries]
    return any(found or [hmac.compare_digest(digest, _NOBODY)])


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def _older(entry: Entry, until: datetime) -> Entry:
    ends = min(until, entry.until) if entry.until else until
    return Entry(entry.digest, entry.sealed, entry.made_at, ends)


def _item(entry: Entry) -> dict[str, Any]:
    return {
        "digest": entry.digest,
        "sealed": entry.sealed,
        "made_at": times.text(entry.made_at),
        **({"until": times.text(entry.until)} if entry.until else {}),
    }
