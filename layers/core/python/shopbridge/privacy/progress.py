"""How far each erasure of a person has come: its receipt, which names nobody."""

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
    place: str = ""
    """Where it stopped when its time was over; empty for the beginning."""
    position: str = ""
    """How far it had come there."""


class Erasures:
    """The erasures of one store, in rows beside its forgotten, by the command that asks."""

    def __init__(self, table: "Table", store: str) -> None:
        self._table = table
        self._store = store

    def get(self, request: str) -> Progress | None:
        """Return how far the erasure `request` has come, None where it never began."""
        row: Any = self._table.get_item(Key=self._key(request), ConsistentRead=True).get("Item")
        if row is None:
            return None
        return Progress(times.parse(row["begun"]), row.get("place", ""), row.get("position", ""))

    def begin(self, request: str, now: datetime) -> Progress:
        """Note that from now on everybody who looks stops."""
        self._table.put_item(Item={**self._key(request), "begun": times.text(now)})
        return Progress(now)

    def come_to(self, request: str, place: str, position: str = "") -> None:
        """Remember how far `request` has come."""
        self._table.update_item(
            Key=self._key(request),
            UpdateExpression="SET #place = :place, #position = :position",
            ExpressionAttributeNames={"#place": "place", "#position": "position"},
            ExpressionAttributeValues={":place": place, ":position": position},
        )

    def _key(self, request: str) -> dict[str, str]:
        return {"store_shard": partition(self._store), "effect": f"request {request}"}
