"""Tables in memory answer as moto's do, for the expressions that our code writes."""

from typing import Any

import boto3
import pytest
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError
from moto import mock_aws

from benchmarks.history.tables import tables
from tests.integration.pipeline.cloud import KEYS

ROWS: list[dict[str, Any]] = [
    {"delivery": "d1", "row": "a", "outcome": "parked", "n": 1},
    {"delivery": "d1", "row": "a#1", "version": "2026-11-01", "wanted": "yes"},
    {"delivery": "d1", "row": "b"},
    {"delivery": "d2", "row": "a", "outcome": "delivered"},
]
AT: dict[str, Any] = {"Key": {"delivery": "d1", "row": "a#1"}}
NEW: dict[str, Any] = {"Key": {"delivery": "d3", "row": "new"}}
V = "ExpressionAttributeValues"
N = "ExpressionAttributeNames"
CHANGES: list[dict[str, Any]] = [
    {**AT, "UpdateExpression": "SET x = :x, n = if_not_exists(n, :x)", V: {":x": 3}},
    {
        **AT,
        "UpdateExpression": "SET #s = :x REMOVE version, gone",
        V: {":x": 3},
        N: {"#s": "state"},
    },
    {**NEW, "UpdateExpression": "SET x = :x ADD n :x", V: {":x": 3}},
    {
        **AT,
        "UpdateExpression": "SET x = :x",
        "ConditionExpression": "wanted = :w AND (attribute_not_exists(#v) OR #v < :newer)",
        V: {":x": 1, ":w": "yes", ":newer": "2026-11-02"},
        N: {"#v": "version"},
    },
    {
        **AT,
        "UpdateExpression": "SET x = :x",
        "ConditionExpression": "wanted = :w AND (attribute_not_exists(#v) OR #v < :newer)",
        V: {":x": 1, ":w": "yes", ":newer": "2026-10-31"},
        N: {"#v": "version"},
    },
    {
        **NEW,
        "UpdateExpression": "SET x = :x",
        "ConditionExpression": "attribute_not_exists(outcome) OR outcome IN (:p, :f)",
        V: {":x": 1, ":p": "parked", ":f": "failed"},
    },
    {
        "Key": {"delivery": "d2", "row": "a"},
        "UpdateExpression": "SET x = :x",
        "ConditionExpression": "attribute_not_exists(outcome) OR outcome IN (:p, :f)",
        V: {":x": 1, ":p": "parked", ":f": "failed"},
    },
    {
        **NEW,
        "UpdateExpression": "SET x = :x",
        "ConditionExpression": "lease <= :x",
        V: {":x": 1},
    },
]


def told(table: Any, change: dict[str, Any]) -> Any:
    """Make one change; return what was answered, and the item as it is then."""
    try:
        answer = table.update_item(**change, ReturnValues="ALL_NEW").get("Attributes")
    except ClientError as exc:
        answer = exc.response["Error"]["Code"]
    return answer, table.get_item(Key=change["Key"]).get("Item")


def both() -> tuple[Any, Any]:
    """Return the ledger of moto and ours, with the same rows."""
    dynamodb = boto3.resource("dynamodb", **KEYS)
    moto = dynamodb.create_table(
        TableName="ledger",
        KeySchema=[
            {"AttributeName": "delivery", "KeyType": "HASH"},
            {"AttributeName": "row", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": "S"} for name in ("delivery", "row")
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    ours = tables()["ledger"]
    for row in ROWS:
        for table in (moto, ours):
            table.put_item(Item=row)
    return moto, ours


@pytest.mark.parametrize("change", CHANGES)
def test_changes_end_alike(change: dict[str, Any]) -> None:
    """What is written, returned or refused is the same."""
    with mock_aws():
        moto, ours = both()

        assert told(ours, change) == told(moto, change)


@pytest.mark.parametrize("start", ["", "a", "a#", "x"])
def test_queries_find_alike(start: str) -> None:
    """A partition, or what of it begins alike, in its order."""
    wanted = Key("delivery").eq("d1") & Key("row").begins_with(start or "a")
    with mock_aws():
        moto, ours = both()

        found = [table.query(KeyConditionExpression=wanted)["Items"] for table in (ours, moto)]

        assert found[0] == found[1]


def test_conditions_of_boto3_hold_alike() -> None:
    """A whole item is written only where nobody wrote it before."""
    with mock_aws():
        for table in both():
            with pytest.raises(ClientError):
                table.put_item(Item=ROWS[0], ConditionExpression=Attr("row").not_exists())
            new = {"delivery": "d9", "row": "z"}
            table.put_item(Item=new, ConditionExpression=Attr("row").not_exists())
            assert table.get_item(Key=new)["Item"] == new
