"""Marks of one store's carts and buyers in DynamoDB: what they ordered, left and were told."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from boto3.dynamodb.conditions import Key

from shopbridge import times
from shopbridge.abandonment.around import Around, around
from shopbridge.abandonment.row import expiry, key_of
from shopbridge.conditional import written

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

FEW: Final = 25
"""Rows of one cart or buyer that are looked at; who leaves more in a week is no buyer."""


class Marks:
    """They lie beside the checkouts that they lead to; see `Checkouts`."""

    def __init__(self, table: "Table", store: str) -> None:
        self._table = table
        self._store = store

    def ordered(self, mark: str, at: datetime, now: datetime) -> None:
        """Note that this cart or buyer ordered `at`; the latest order stands."""
        self._note(mark, "ordered_at", at, now)

    def touched(self, mark: str, at: datetime, now: datetime) -> None:
        """Note that this cart was changed `at`; the latest change stands."""
        self._note(mark, "touched_at", at, now)

    def claim(self, mark: str, token: str, now: datetime) -> bool:
        """Let this cart be told of as checkout `token`; False where it was as another."""
        return written(
            lambda: self._table.update_item(
                Key=key_of(self._store, mark),
                UpdateExpression="SET told = :token, expires = :expires",
                ConditionExpression="attribute_not_exists(told) OR told = :token",
                ExpressionAttributeValues={":token": token, ":expires": expiry(now)},
            )
        )

    def around(self, marks: Iterable[str]) -> Around:
        """Read what carts and buyers ordered and left, of each the first few checkouts."""
        return around(item for mark in marks for item in self._near(mark))

    def _near(self, mark: str) -> Iterable[dict[str, Any]]:
        key = key_of(self._store, mark)
        wanted: Any = Key("store_shard").eq(key["store_shard"]) & Key("row").begins_with(mark)
        page = self._table.query(KeyConditionExpression=wanted, ConsistentRead=True, Limit=FEW)
        return page["Items"]

    def _note(self, mark: str, what: str, at: datetime, now: datetime) -> None:
        written(
            lambda: self._table.update_item(
                Key=key_of(self._store, mark),
                UpdateExpression="SET #what = :at, expires = :expires",
                ConditionExpression="attribute_not_exists(#what) OR #what < :at",
                ExpressionAttributeNames={"#what": what},
                ExpressionAttributeValues={":at": times.text(at), ":expires": expiry(now)},
            )
        )
