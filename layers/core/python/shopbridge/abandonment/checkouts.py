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
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from boto3.dynamodb.conditions import Key

from shopbridge import batched, times
from shopbridge.abandonment.around import Around, Standing, around, standing
from shopbridge.abandonment.row import PREFIX, Row, name_of, row
from shopbridge.conditional import written
from shopbridge.receipts.effects import shard_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

KEPT: Final = timedelta(days=7)
"""How long a row lives on after it was last written."""

_FEW: Final = 25
"""Rows of one cart or buyer that are looked at; who leaves more in a week is no buyer."""

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
        self._table = table
        self._store = store

    def watch(self, checkout: Row, now: datetime) -> str | None:
        """
        Write `checkout` unless it is over, or a newer state of it is known.

        Return None where it is watched now, else why not: `closed`, `told`, or empty for
        a newer state. The way from its marks to it is written first: what a crash leaves
        can always be erased.
        """
        expires = _expires(now)
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

    def ordered(self, mark: str, at: datetime, now: datetime) -> None:
        """Note that this cart or buyer ordered `at`; the latest order stands."""
        self._note(mark, "ordered_at", at, now)

    def touched(self, mark: str, at: datetime, now: datetime) -> None:
        """Note that this cart was changed `at`; the latest change stands."""
        self._note(mark, "touched_at", at, now)

    def get(self, token: str) -> Row | None:
        """Read a checkout as it is now; None where it waits for nothing."""
        item = self._read(token)
        return row(item) if item else None

    def around(self, marks: Iterable[str]) -> Around:
        """Read what carts and buyers ordered and left, of each the first few checkouts."""
        return around(item for mark in marks for item in self._near(mark))

    def standing(self, tokens: Iterable[str]) -> Mapping[str, Standing]:
        """Return how it stands with checkouts, of those that are known."""
        keys = [self._key(name_of(token)) for token in tokens]
        found = map(standing, batched.rows(self._table, keys))
        return {one.token: one for one in found}

    def claim(self, mark: str, token: str, now: datetime) -> bool:
        """Let this cart be told of as checkout `token`; False where it was as another."""
        return written(
            lambda: self._table.update_item(
                Key=self._key(mark),
                UpdateExpression="SET told = :token, expires = :expires",
                ConditionExpression="attribute_not_exists(told) OR told = :token",
                ExpressionAttributeValues={":token": token, ":expires": _expires(now)},
            )
        )

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
            ExpressionAttributeValues={":ended": ended, ":expires": _expires(now)},
        )

    def _note(self, mark: str, what: str, at: datetime, now: datetime) -> None:
        written(
            lambda: self._table.update_item(
                Key=self._key(mark),
                UpdateExpression="SET #what = :at, expires = :expires",
                ConditionExpression="attribute_not_exists(#what) OR #what < :at",
                ExpressionAttributeNames={"#what": what},
                ExpressionAttributeValues={":at": times.text(at), ":expires": _expires(now)},
            )
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

    def _near(self, mark: str) -> Iterable[dict[str, Any]]:
        wanted: Any = Key("store_shard").eq(shard_of(self._store, mark)) & Key("row").begins_with(
            mark
        )
        return self._table.query(KeyConditionExpression=wanted, ConsistentRead=True, Limit=_FEW)[
            "Items"
        ]

    def _keys(self, partition: str, begins: str) -> Iterable[dict[str, Any]]:
        wanted: Any = Key("store_shard").eq(partition) & Key("row").begins_with(begins)
        options: dict[str, Any] = {
            "KeyConditionExpression": wanted,
            "ProjectionExpression": "store_shard, #row",
            "ExpressionAttributeNames": {"#row": "row"},
            "ConsistentRead": True,
        }
        while True:
            page = self._table.query(**options)
            yield from page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            options["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def _key(self, name: str) -> dict[str, str]:
        return {"store_shard": shard_of(self._store, name), "row": name}

    def _pointer(self, mark: str, token: str) -> dict[str, str]:
        """Key beside the mark's own, so that one query finds all that it leads to."""
        return {"store_shard": shard_of(self._store, mark), "row": f"{mark}/{name_of(token)}"}


def _expires(now: datetime) -> int:
    return int((now + KEPT).timestamp())
