"""A store that was left: its rows are deleted as long as nobody installs it again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from shopbridge.conditional import deleted_while
from shopbridge.errors import Unavailable
from shopbridge.stores.store import Store

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

AT_ONCE: Final = 99
"""Rows in a transaction beside the check; DynamoDB takes 100 in all."""

RowKey = dict[str, Any]


class InstalledAgain(Unavailable):
    """The store was installed again: what there is now is not to be touched."""


@dataclass(frozen=True, slots=True)
class Left:
    """
    A store as it was left, in its epoch.

    A row is deleted in one transaction with a look at the store's own, so that nothing of a
    newer install can go, however long the erasure takes.
    """

    stores: "Table"
    store: Store

    def delete(self, table: "Table", keys: Iterable[RowKey]) -> Iterator[None]:
        """
        Delete rows, yielding after each part of them; what is not there is no matter.

        Raises:
            InstalledAgain: of the rest nothing is deleted.
            Unavailable: somebody else is at these rows right now.
        """
        source = iter(keys)
        while part := list(islice(source, AT_ONCE)):
            distinct = {tuple(key.values()): key for key in part}
            if not deleted_while(self._unchanged(), table, distinct.values()):
                raise InstalledAgain("the store was installed again")
            yield

    def check(self) -> None:
        """
        See that the store was not installed again.

        Raises:
            InstalledAgain: it was.
        """
        row: Any = self.stores.get_item(Key={"store": self.store.name}, ConsistentRead=True)
        now = row.get("Item")
        if (now and (int(now["epoch"]), now["status"])) != self._as_left():
            raise InstalledAgain("the store was installed again")

    def _as_left(self) -> tuple[int, str] | None:
        return (self.store.epoch, "uninstalled") if self.store.epoch else None

    def _unchanged(self) -> Mapping[str, Any]:
        """Write the check of `check` as part of a transaction."""
        check = {"TableName": self.stores.name, "Key": {"store": self.store.name}}
        if not self.store.epoch:
            names = {"#store": "store"}
            absent = "attribute_not_exists(#store)"
            return {**check, "ConditionExpression": absent, "ExpressionAttributeNames": names}
        return {
            **check,
            "ConditionExpression": "epoch = :epoch AND #status = :status",
            "ExpressionAttributeNames": {"#status": "status"},
            "ExpressionAttributeValues": {":epoch": self.store.epoch, ":status": "uninstalled"},
        }
