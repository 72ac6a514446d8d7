"""
Anonymous visitors of one store in DynamoDB, beside its checkouts, and who they are.

Whatever arrives in whatever order ends the same: each side writes first and looks then.

    held#<visitor>/<event>        an event that waits for its visitor, sealed
    met#<token>                   which visitor and which buyer have held a checkout or cart
    visitor#<visitor>             who they are, sealed
    of#<mark>                     leads from a person to the rows above, to erase them
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from boto3.dynamodb.conditions import Key

from shopbridge import paged
from shopbridge.receipts.effects import shard_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

KEPT: Final = timedelta(days=7)
"""How long a row lives on after it was last written."""


@dataclass(frozen=True, slots=True)
class Held:
    """An event that waits; `name` is its own among those of its visitor."""

    name: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Met:
    """Who has held one checkout or cart, as far as is known."""

    visitor: str | None
    buyer: bytes | None
    """Sealed."""


class Visitors:
    """Visitors of one store; it cannot reach another's."""

    def __init__(self, table: "Table", store: str) -> None:
        self._table = table
        self._store = store

    def hold(self, visitor: str, held: Held, now: datetime) -> None:
        """Keep an event until its visitor is known."""
        key = self._key(_group(visitor), f"/{held.name}")
        self._table.put_item(Item={**key, "sealed": held.sealed, "expires": _expires(now)})

    def held(self, visitor: str) -> Iterator[Held]:
        """Yield what waits for the visitor."""
        group = _group(visitor)
        for row in self._rows(group, f"{group}/"):
            yield Held(str(row["row"]).removeprefix(f"{group}/"), bytes(row["sealed"]))

    def let_go(self, visitor: str, name: str) -> None:
        """Keep an event no longer: it was told, or can never be."""
        self._table.delete_item(Key=self._key(_group(visitor), f"/{name}"))

    def met(
        self, token: str, now: datetime, *, visitor: str | None = None, buyer: bytes | None = None
    ) -> Met:
        """Note who holds a checkout or cart, and return both sides as they are known then."""
        given = {"visitor": visitor, "buyer": buyer}
        values: dict[str, Any] = {f":{name}": value for name, value in given.items() if value}
        sets = ", ".join(f"{name[1:]} = {name}" for name in [*values, ":expires"])
        row: Any = self._table.update_item(
            Key=self._key(_meeting(token)),
            UpdateExpression=f"SET {sets}",
            ExpressionAttributeValues={**values, ":expires": _expires(now)},
            ReturnValues="ALL_NEW",
        )["Attributes"]
        return Met(row.get("visitor"), _bytes(row.get("buyer")))

    def know(self, visitor: str, buyer: bytes, now: datetime) -> None:
        """Note who a visitor is; the latest word stands."""
        self._table.put_item(
            Item={**self._key(_visitor(visitor)), "buyer": buyer, "expires": _expires(now)}
        )

    def known(self, visitor: str) -> bytes | None:
        """Return who a visitor is, sealed; None for nobody known."""
        row = self._table.get_item(Key=self._key(_visitor(visitor)), ConsistentRead=True)
        return _bytes(row.get("Item", {}).get("buyer"))

    def lead(self, marks: Iterable[str], tokens: Iterable[str], visitor: str, at: datetime) -> None:
        """Write the way from a person to what is known of them, before it is known."""
        rows = {*map(_meeting, tokens), *([_visitor(visitor)] if visitor else [])}
        for mark in marks:
            self._table.update_item(
                Key=self._key(_person(mark)),
                UpdateExpression="ADD #rows :rows SET expires = :expires",
                ExpressionAttributeNames={"#rows": "rows"},
                ExpressionAttributeValues={":rows": rows, ":expires": _expires(at)},
            )

    def erase_person(self, marks: Iterable[str]) -> None:
        """Delete all that one of `marks` leads to: who they are, and what waited for them."""
        for mark in marks:
            key = self._key(_person(mark))
            row: Any = self._table.get_item(Key=key, ConsistentRead=True).get("Item", {})
            for name in sorted(row.get("rows", ())):
                self._erase(name)
            self._table.delete_item(Key=key)

    def _erase(self, name: str) -> None:
        visitor = name.removeprefix(_visitor(""))
        if visitor != name:
            for held in list(self.held(visitor)):
                self.let_go(visitor, held.name)
        self._table.delete_item(Key=self._key(name))

    def _rows(self, group: str, begins: str) -> Iterator[dict[str, Any]]:
        partition = shard_of(self._store, group)
        wanted = Key("store_shard").eq(partition) & Key("row").begins_with(begins)
        return paged.queried(self._table, wanted, ConsistentRead=True)

    def _key(self, group: str, rest: str = "") -> dict[str, str]:
        """Rows of one group share a partition, so that one query finds them."""
        return {"store_shard": shard_of(self._store, group), "row": f"{group}{rest}"}


def _group(visitor: str) -> str:
    return f"held#{visitor}"


def _meeting(token: str) -> str:
    return f"met#{token}"


def _visitor(visitor: str) -> str:
    return f"visitor#{visitor}"


def _person(mark: str) -> str:
    return f"of#{mark}"


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)


def _expires(now: datetime) -> int:
    return int((now + KEPT).timestamp())
