"""
DynamoDB tables in memory, a hundred times as fast as moto: for runs of a hundred thousand writes.

What is conditional, set, returned and queried is as DynamoDB has it, where our code uses it;
a test lets the same run work on these and on moto.
"""

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from boto3.dynamodb.conditions import ConditionBase, ConditionExpressionBuilder
from botocore.exceptions import ClientError

from benchmarks.history.expressions import Item, condition, update

_BEGINS = re.compile(r"begins_with\([^,]+,\s*(:\w+)\)")
_FAILED = "ConditionalCheckFailedException"


class Table:
    """One table; stands where boto3's resource does."""

    def __init__(self, name: str, keys: tuple[str, ...], beside: dict[str, "Table"]) -> None:
        self.name = name
        self.writes = 0
        self._keys = keys
        self._items: dict[str, dict[str, Item]] = defaultdict(dict)
        self._sorted: dict[str, list[str]] = {}
        self.meta = _Meta(beside)

    def get_item(self, *, Key: Item, **_: Any) -> dict[str, Any]:
        """Read an item."""
        found = self._found(Key)
        return {"Item": dict(found)} if found else {}

    def put_item(self, *, Item: Item, ConditionExpression: Any = None, **how: Any) -> None:
        """Write an item whole."""
        self._require(self._found(Item), ConditionExpression, how)
        self._write(Item, dict(Item))

    def update_item(
        self, *, Key: Item, UpdateExpression: str, ConditionExpression: Any = None, **how: Any
    ) -> dict[str, Any]:
        """Change an item, or make it."""
        before = self._found(Key)
        self._require(before, ConditionExpression, how)
        after = dict(before or Key)
        names = how.get("ExpressionAttributeNames", {})
        values = how.get("ExpressionAttributeValues", {})
        for change in update(UpdateExpression):
            change(after, names, values)
        self._write(Key, after)
        wanted = {"ALL_NEW": after, "ALL_OLD": before}.get(how.get("ReturnValues", ""))
        return {"Attributes": dict(wanted)} if wanted else {}

    def delete_item(self, *, Key: Item, ConditionExpression: Any = None, **how: Any) -> None:
        """Delete an item."""
        self._require(self._found(Key), ConditionExpression, how)
        self.writes += 1
        self._items[Key[self._keys[0]]].pop(self._sort(Key), None)

    def query(self, *, KeyConditionExpression: Any, **how: Any) -> dict[str, Any]:
        """Return all items of a partition that fit, by their sort key."""
        text, names, values = _plain(KeyConditionExpression, how)
        test, start = condition(text), _begins(text, values)
        found = [
            item
            for value in values.values()
            for item in self._from(str(value), start)
            if test(item, names, values)
        ]
        return {"Items": [dict(item) for item in found]}

    def _from(self, partition: str, start: str) -> Iterator[Item]:
        """Yield a partition's items whose sort key begins with `start`, in their order."""
        items = self._items.get(partition)
        if not items:
            return
        keys = self._sorted.get(partition)
        if keys is None or len(keys) != len(items):
            keys = self._sorted[partition] = sorted(items)
        for key in islice(keys, bisect_left(keys, start), None):
            if not key.startswith(start):
                return
            yield items[key]

    def _found(self, key: Item) -> Item | None:
        return self._items[key[self._keys[0]]].get(self._sort(key))

    def _sort(self, key: Item) -> str:
        return str(key[self._keys[1]]) if len(self._keys) > 1 else ""

    def _write(self, key: Item, item: Item) -> None:
        self.writes += 1
        partition, sort = key[self._keys[0]], self._sort(key)
        if partition in self._sorted and sort not in self._items[partition]:
            insort(self._sorted[partition], sort)
        self._items[partition][sort] = item

    def _require(self, item: Item | None, wanted: Any, how: Mapping[str, Any]) -> None:
        if wanted is None:
            return
        text, names, values = _plain(wanted, how)
        if not condition(text)(item or {}, names, values):
            told: Any = {"Error": {"Code": _FAILED, "Message": ""}}
            if item and how.get("ReturnValuesOnConditionCheckFailure"):
                told["Item"] = {name: {"S": value} for name, value in item.items()}
            raise ClientError(told, "PutItem")


class _Meta:
    def __init__(self, tables: dict[str, Table]) -> None:
        self.client = _Client(tables)


class _Client:
    def __init__(self, tables: dict[str, Table]) -> None:
        self._tables = tables

    def batch_get_item(self, *, RequestItems: Mapping[str, Any]) -> dict[str, Any]:
        """Read up to a hundred items."""
        found: dict[str, list[Item]] = {}
        for name, asked in RequestItems.items():
            rows = (self._tables[name].get_item(Key=key) for key in asked["Keys"])
            found[name] = [row["Item"] for row in rows if row]
        return {"Responses": found, "UnprocessedKeys": {}}

    def batch_write_item(self, *, RequestItems: Mapping[str, Any]) -> dict[str, Any]:
        """Write up to 25 items whole."""
        for name, asked in RequestItems.items():
            for request in asked:
                self._tables[name].put_item(Item=request["PutRequest"]["Item"])
        return {"UnprocessedItems": {}}


def _begins(text: str, values: Mapping[str, Any]) -> str:
    """Return what the sort key has to begin with, empty where nothing is said."""
    found = _BEGINS.search(text)
    return str(values[found[1]]) if found else ""


def _plain(wanted: Any, how: Mapping[str, Any]) -> tuple[str, Mapping[str, str], Mapping[str, Any]]:
    if not isinstance(wanted, ConditionBase):
        names = how.get("ExpressionAttributeNames", {})
        return wanted, names, how.get("ExpressionAttributeValues", {})
    built = ConditionExpressionBuilder().build_expression(wanted)
    return (
        built.condition_expression,
        built.attribute_name_placeholders,
        built.attribute_value_placeholders,
    )


KEYS: Mapping[str, tuple[str, ...]] = {
    "stores": ("store",),
    "ledger": ("delivery", "row"),
    "receipts": ("store_shard", "effect"),
    "contacts": ("store_shard", "customer"),
    "catalogue": ("store", "variant"),
    "runs": ("store", "run"),
}


def tables() -> dict[str, Table]:
    """Make all tables of a deployment that history uses."""
    made: dict[str, Table] = {}
    made |= {name: Table(name, keys, made) for name, keys in KEYS.items()}
    return made
