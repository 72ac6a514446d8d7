"""When each erasure of a store began: its receipt, which names nobody."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shopbridge import times
from shopbridge.privacy.erased import partition

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an erasure has come."""

    begun: datetime
    """When all names of the person were noted."""


class Erasures:
    """The erasures of one store, in rows beside its forgotten, by the command that asks."""

    def __init__(self, table: "Table", store: str) -> None:
        self._table = table
        self._store = store

    def get(self, request: str) -> Progress | None:
        """Return how far the erasure `request` has come, None where it never began."""
        row: Any = self._table.get_item(Key=self._key(request), ConsistentRead=True).get("Item")
        return Progress(times.parse(row["begun"])) if row else None

    def begin(self, request: str, now: datetime) -> Progress:
        """Note that everybody who looks stops by now."""
        self._table.put_item(Item={**self._key(request), "begun": times.text(now)})
        return Progress(now)

    def _key(self, request: str) -> dict[str, str]:
        return {"store_shard": partition(self._store), "effect": f"request {request}"}
