"""
The watched checkouts of one store in DynamoDB, and what closes them.

Whatever arrives in whatever order ends the same: a checkout writes its own row and looks
at no order; an order writes marks and looks at no checkout. Both meet when the time is over.

    checkout#<token>          the checkout, while it is watched; closed or told for good
    <mark>                    the latest order of this cart or buyer; of a cart also when it
                              was changed, and as which checkout it was told
    <mark>/checkout#<token>   leads from a cart or person to their checkouts
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.conditions import Key

from shopbridge import batched, paged, times
from shopbridge.abandonment.around import Standing, standing
from shopbridge.abandonment.marks import Marks
from shopbridge.abandonment.row import PREFIX, Row, expiry, key_of, name_of, row
from shopbridge.conditional import written
from shopbridge.receipts.effects import shard_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_WATCH = (
    "SET #at = :at, epoch = :epoch, due_at = :due_at, due = :due,"
    " look_at = :look_at, marks = :marks, sealed = :sealed, expires = :expires"
)
_NOT_OVER = "attribute_not_exists(ended) AND (attribute_not_exists(#at) OR #at <= :at)"
_OVER = "SET ended = :ended, expires = :expires REMOVE due, look_at, due_at, marks, sealed"
_UNCHANGED = "#at = :at AND look_at = :look_at"


class Checkouts:
    """Checkouts of one store; it cannot reach another's."""

    def __init__(self, table: "Table", store: str) -> None:
        self.marks = Marks(table, store)
        self._table = table
        self._store = store

    def watch(self, checkout: Row, now: datetime) -> str | None:
        """
        Write `checkout` unless it is over, or a newer state of it is known.

        Return None where it is watched now, else why not: `closed`, `told`, or empty for
        a newer state. The way from its marks to it is written first: what a crash leaves
        can always be erased.
        """
        expires = expiry(now)
        for mark in checkout.marks:
            self._table.put_item(Item={**self._pointer(mark, checkout.token), "expires": expires})
        attributes = checkout.attributes()
        done = written(
            lambda: self._table.update_item(
                Key=self._key(name_of(checkout.token)),
                UpdateExpression=_WATCH,
                ConditionExpression=_NOT_OVER,
                ExpressionAttributeNames={"#at": "at"},
                ExpressionAttributeValues={
                    **{f":{name}": value for name, value in attributes.items()},
                    ":expires": expires,
                },
            )
        )
        return None if done else str((self._read(checkout.token) or {}).get("ended", ""))

    def close(self, token: str, now: datetime) -> None:
        """Let the checkout be over, also for what arrives after its order."""
        self._end(token, "closed", now)

    def told(self, token: str, now: datetime) -> None:
        """Let the checkout be over: what its end means is in the ledger."""
        self._end(token, "told", now)

    def get(self, token: str) -> Row | None:
        """Read a checkout as it is now; None where it waits for nothing."""
        item = self._read(token)
        return row(item) if item else None

    def standing(self, tokens: Iterable[str]) -> Mapping[str, Standing]:
        """Return how it stands with checkouts, of those that are known."""
        keys = [self._key(name_of(token)) for token in tokens]
        found = map(standing, batched.rows(self._table, keys))
        return {one.token: one for one in found}

    def put_off(self, checkout: Row, until: datetime) -> bool:
        """Have somebody look again at `until`; False where it changed meanwhile."""
        return self._change(checkout, "SET look_at = :until", {":until": times.text(until)})

    def disarm(self, checkout: Row) -> bool:
        """Wait no longer, until it changes again; False where it has changed meanwhile."""
        return self._change(checkout, "REMOVE due, look_at, due_at, marks, sealed", {})

    def erase_person(self, marks: Iterable[str]) -> int:
        """Delete every checkout that one of `marks` leads to; return how many rows went."""
        gone = 0
        for mark in marks:
            for key in list(self._keys(shard_of(self._store, mark), mark)):
                name = str(key["row"]).partition("/")[2]
                if name:
                    self._erase(name.removeprefix(PREFIX))
                self._table.delete_item(Key=key)
                gone += 1
        return gone

    def _erase(self, token: str) -> None:
        """Delete a checkout, and what leads to it from everybody it is of."""
        checkout = self.get(token)
        for mark in checkout.marks if checkout else ():
            self._table.delete_item(Key=self._pointer(mark, token))
        self._table.delete_item(Key=self._key(name_of(token)))

    def _end(self, token: str, ended: str, now: datetime) -> None:
        self._table.update_item(
            Key=self._key(name_of(token)),
            UpdateExpression=_OVER,
            ExpressionAttributeValues={":ended": ended, ":expires": expiry(now)},
        )

    def _change(self, checkout: Row, update: str, values: Mapping[str, str]) -> bool:
        return written(
            lambda: self._table.update_item(
                Key=self._key(name_of(checkout.token)),
                UpdateExpression=update,
                ConditionExpression=_UNCHANGED,
                ExpressionAttributeNames={"#at": "at"},
                ExpressionAttributeValues={
                    ":at": times.text(checkout.at),
                    ":look_at": times.text(checkout.look_at),
                    **values,
                },
            )
        )

    def _read(self, token: str) -> Mapping[str, Any] | None:
        key = self._key(name_of(token))
        return self._table.get_item(Key=key, ConsistentRead=True).get("Item")

    def _keys(self, partition: str, begins: str) -> Iterable[dict[str, Any]]:
        wanted: Any = Key("store_shard").eq(partition) & Key("row").begins_with(begins)
        return paged.queried(
            self._table,
            wanted,
            ProjectionExpression="store_shard, #row",
            ExpressionAttributeNames={"#row": "row"},
            ConsistentRead=True,
        )

    def _key(self, name: str) -> dict[str, str]:
        return key_of(self._store, name)

    def _pointer(self, mark: str, token: str) -> dict[str, str]:
        """Key beside the mark's own, so that one query finds all that it leads to."""
        return {"store_shard": shard_of(self._store, mark), "row": f"{mark}/{name_of(token)}"}
