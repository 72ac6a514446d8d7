"""
Runs of one store and their slices in DynamoDB.

Keys are `history` (the latest run), `<run>` (one that was replaced), `<run>#<slice>` and
`<run>!<bulk operation>`.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from boto3.dynamodb.conditions import Attr, Key

from shopbridge import paged
from shopbridge.conditional import written
from shopbridge.errors import Unavailable
from shopbridge.historic_sync.bulk.operation import Operation
from shopbridge.historic_sync.run import OVER, Run, Slice

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

LATEST = "history"

S = TypeVar("S", Run, Slice, Operation)
P = TypeVar("P", Slice, Operation)
"""A part of a run."""

_MARKS: dict[type, str] = {Slice: "#", Operation: "!"}
"""What in a key tells one from the other."""


class RunConflict(Unavailable):
    """Somebody else wrote the run or slice since it was read."""


class Runs:
    """Runs of one store; it cannot reach another's."""

    def __init__(self, table: "Table", store: str) -> None:
        self._table = table
        self._store = store

    def latest(self) -> Run | None:
        """Return the run that is going on, or the last one; None where there was none."""
        item = self._table.get_item(Key=self._key(LATEST), ConsistentRead=True).get("Item")
        return _read(item, Run) if item else None

    def begin(self, run: Run) -> bool:
        """Make `run` the latest; False where another is not over, and belongs to this install."""
        before = self.latest()
        if before:
            self._table.put_item(Item=self._item(before.id, before))
        is_free = (
            Attr("id").not_exists() | Attr("state").is_in(list(OVER)) | Attr("epoch").lt(run.epoch)
        )
        item = self._item(LATEST, run)
        return written(lambda: self._table.put_item(Item=item, ConditionExpression=is_free))

    def change(self, run: Run, **changes: Any) -> Run:
        """
        Write `run` with `changes` and return it as it is then.

        Raises:
            RunConflict: somebody else wrote it since it was read.
        """
        after = msgspec.structs.replace(run, **changes, version=run.version + 1)
        is_same = Attr("id").eq(run.id) & Attr("version").eq(run.version)
        item = self._item(LATEST, after)
        if not written(lambda: self._table.put_item(Item=item, ConditionExpression=is_same)):
            raise RunConflict("the run was changed by somebody else")
        return after

    def slices(self, run: Run) -> list[Slice]:
        """Return the slices of `run`, stream by stream, the newest window first."""
        return self._parts(f"{run.id}#", Slice)

    def every_slice(self) -> list[Slice]:
        """Return the slices of all runs there were, and of all repairs."""
        return [
            one for each in (LATEST, "reconciliation") for one in self._parts(f"{each}-", Slice)
        ]

    def operations(self, run: Run) -> list[Operation]:
        """Return the bulk operations of `run`, stream by stream."""
        return self._parts(f"{run.id}!", Operation)

    def add(self, parts: Iterable[Slice | Operation]) -> None:
        """Write new slices or operations; one that is there stays as it is."""
        for one in parts:
            self._once(self._item(one.key, one))

    def save(self, one: P, **changes: Any) -> P:
        """
        Write a slice or an operation with `changes` and return it as it is then.

        Raises:
            RunConflict: somebody else wrote it since it was read.
        """
        after = msgspec.structs.replace(one, **changes, version=one.version + 1)
        item = self._item(one.key, after)
        is_same = Attr("version").eq(one.version)
        if not written(lambda: self._table.put_item(Item=item, ConditionExpression=is_same)):
            raise RunConflict(f"{one.name} was changed by somebody else")
        return after

    def _parts(self, prefix: str, kind: type[P]) -> list[P]:
        condition = Key("store").eq(self._store) & Key("run").begins_with(prefix)
        found = paged.queried(self._table, condition, ConsistentRead=True)
        return [_read(item, kind) for item in found if _MARKS[kind] in str(item["run"])]

    def _once(self, item: dict[str, Any]) -> None:
        is_new = Attr("run").not_exists()
        written(lambda: self._table.put_item(Item=item, ConditionExpression=is_new))

    def _item(self, key: str, one: Run | Slice | Operation) -> dict[str, Any]:
        told = {n: v for n, v in msgspec.to_builtins(one).items() if v is not None}
        if not isinstance(one, Run):
            told["of"] = told.pop("run")
        return {**told, **self._key(key)}

    def _key(self, key: str) -> dict[str, str]:
        return {"store": self._store, "run": key}


def _read(item: Any, kind: type[S]) -> S:
    told = {n: int(v) if isinstance(v, Decimal) else v for n, v in item.items()}
    if kind is not Run:
        told["run"] = told.pop("of")
    return msgspec.convert(told, kind)
