"""
Who was to be forgotten: digests that keep a replay, history or backup from undoing it.

They lie in a partition of the receipts' table, whose rows do not expire:

    salt               random, drawn for the store's first erasure; without it there was none
    <digest>           a name of somebody, and until when its being noted stops what happened
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from shopbridge import batched, times
from shopbridge.conditional import written
from shopbridge.errors import Unavailable
from shopbridge.message import Head
from shopbridge.moments import happened_at
from shopbridge.privacy import names
from shopbridge.work import Item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

SALT: Final = "salt"
"""Row that makes a store's digests its own; without it nobody was ever to be forgotten."""

FRESH: Final = timedelta(seconds=10)
"""How long a worker believes that nobody of a store was ever to be forgotten."""

_LATER: Final = "attribute_not_exists(stops_until) OR stops_until < :until"


class Erased:
    """The forgotten of one store; `clock` gives seconds that only ever grow."""

    def __init__(self, table: "Table", store: str, clock: Callable[[], float]) -> None:
        self._table = table
        self._partition = partition(store)
        self._clock = clock
        self._salt: bytes | None = None
        self._looked_at = float("-inf")

    def note(self, named: Iterable[str], until: datetime) -> None:
        """
        Stop everything that has one of these names.

        An address stops what happened until `until`, since somebody else may have it later;
        an id stops for good: whoever comes back gets a new one.
        """
        salt, stops_until = self._drawn(), times.text(until)
        addresses = []
        with self._table.batch_writer() as batch:
            for name in named:
                row = {**self._key(_digest(salt, name)), "stops_until": stops_until}
                if names.is_lasting(name):
                    batch.put_item(Item=row)
                else:
                    addresses.append(row)
        for row in addresses:
            self._put_later(row)

    def stopped(self, items: Sequence[Item[Any]], country: str) -> list[bool]:
        """Say for each of `items` whether it is about somebody who was to be forgotten."""
        salt = self._known_salt()
        if salt is None:
            return [False] * len(items)
        named = [names.of_command(item.command, country) for item in items]
        known = self._known({_digest(salt, name) for some in named for name in some})
        return [
            any(
                names.is_lasting(name) or _happened(item) <= until
                for name in some
                if (until := known.get(_digest(salt, name)))
            )
            for item, some in zip(items, named, strict=True)
        ]

    def in_deliveries(self, heads: Sequence[Head]) -> list[bool]:
        """Say for each delivery whether one of its commands is about somebody of these."""
        items = [Item(head, 0, command, "", 0) for head in heads for command in head.commands]
        about = {
            id(item.head) for item, stop in zip(items, self.stopped(items, ""), strict=True) if stop
        }
        return [id(head) in about for head in heads]

    def _put_later(self, row: dict[str, Any]) -> None:
        """Write an address unless a later word about it is known."""
        written(
            lambda: self._table.put_item(
                Item=row,
                ConditionExpression=_LATER,
                ExpressionAttributeValues={":until": row["stops_until"]},
            )
        )

    def _known(self, digests: Iterable[str]) -> dict[str, str]:
        found = batched.rows(self._table, [self._key(one) for one in digests])
        return {row["effect"]: row["stops_until"] for row in found}

    def _known_salt(self) -> bytes | None:
        """Return the salt; that there is none is believed for a while, a salt for good."""
        if self._salt is None and self._clock() - self._looked_at > FRESH.total_seconds():
            looked_at = self._clock()
            self._salt, self._looked_at = self._read_salt(), looked_at
        return self._salt

    def _read_salt(self) -> bytes | None:
        row = self._table.get_item(Key=self._key(SALT), ConsistentRead=True).get("Item")
        return bytes.fromhex(str(row["value"])) if row else None

    def _drawn(self) -> bytes:
        item = {**self._key(SALT), "value": secrets.token_hex(16)}
        written(
            lambda: self._table.put_item(
                Item=item, ConditionExpression="attribute_not_exists(effect)"
            )
        )
        salt = self._read_salt()
        if salt is None:
            raise Unavailable("the store's salt is gone")
        return salt

    def _key(self, effect: str) -> dict[str, str]:
        return {"store_shard": self._partition, "effect": effect}


def partition(store: str) -> str:
    """Name the partition of all that is noted of erasures in `store`."""
    return f"erased#{store}"


def _happened(item: Item[Any]) -> str:
    return times.text(happened_at(item.command, item.head.triggered_at))


def _digest(salt: bytes, name: str) -> str:
    return hashlib.blake2b(name.encode(), key=salt, digest_size=20).hexdigest()
