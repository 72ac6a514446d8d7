"""Rows are read and written with the requests that botocore sends, and answers understood."""

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from shopbridge.aws.errors import AwsRejected, ConditionFailed
from tests.integration.aws.reference import (
    assert_same_place,
    assert_same_signature,
    botocore_request,
)
from tests.integration.aws.wire import Dialled, Socket, answer, aws

CONDITION_FAILED = "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({}, {}),
        (
            {"consistent": True, "projection": ["state", "name"]},
            {
                "ConsistentRead": True,
                "ProjectionExpression": "#0,#1",
                "ExpressionAttributeNames": {"#0": "state", "#1": "name"},
            },
        ),
    ],
)
def test_reads_as_botocore_does(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    """A read with and without options is the same request."""
    socket = Socket(answer())
    reference = botocore_request(
        "dynamodb", "get_item", TableName="stores", Key={"store": {"S": "ä"}}, **theirs
    )

    aws(Dialled(socket)).dynamodb.get_item("stores", {"store": "ä"}, **ours)

    assert_same_place(socket.sent, reference)
    assert msgspec.json.decode(socket.sent.body) == msgspec.json.decode(reference.body)
    assert_same_signature(reference, "dynamodb")


def test_writes_as_botocore_does() -> None:
    """A conditional write with everything in it is the same request."""
    socket = Socket(answer())
    reference = botocore_request(
        "dynamodb",
        "update_item",
        TableName="ledger",
        Key={"delivery": {"S": "d"}, "row": {"S": "r"}},
        UpdateExpression="SET #s = :s ADD arrivals :one",
        ConditionExpression="attribute_not_exists(#s) OR lease_until < :now",
        ReturnValuesOnConditionCheckFailure="ALL_OLD",
        ExpressionAttributeNames={"#s": "state"},
        ExpressionAttributeValues={":s": {"S": "leased"}, ":one": {"N": "1"}, ":now": {"N": "1.5"}},
        ReturnValues="ALL_NEW",
    )

    aws(Dialled(socket)).dynamodb.update_item(
        "ledger",
        {"delivery": "d", "row": "r"},
        "SET #s = :s ADD arrivals :one",
        condition="attribute_not_exists(#s) OR lease_until < :now",
        names={"#s": "state"},
        values={":s": "leased", ":one": 1, ":now": Decimal("1.5")},
        returns="ALL_NEW",
    )

    assert_same_place(socket.sent, reference)
    assert msgspec.json.decode(socket.sent.body) == msgspec.json.decode(reference.body)
    assert_same_signature(reference, "dynamodb")


def test_plain_write_says_no_more_than_it_must() -> None:
    """Without condition, names and values their parameters are left out."""
    socket = Socket(answer())

    aws(Dialled(socket)).dynamodb.update_item("t", {"k": "v"}, "REMOVE a")

    assert msgspec.json.decode(socket.sent.body) == {
        "TableName": "t",
        "Key": {"k": {"S": "v"}},
        "UpdateExpression": "REMOVE a",
    }


@pytest.mark.parametrize(
    ("body", "item"),
    [(b'{"Item":{"k":{"S":"v"},"n":{"N":"2"}}}', {"k": "v", "n": 2}), (b"{}", None)],
)
def test_row_is_returned(body: bytes, item: dict[str, Any] | None) -> None:
    """A row comes back as plain values, a missing one as None."""
    dynamodb = aws(Dialled(Socket(answer(body)))).dynamodb

    found = dynamodb.get_item("t", {"k": "v"})

    assert found == item


def test_write_returns_what_it_was_asked_for() -> None:
    """With `returns` the attributes after (or before) the write come back."""
    dynamodb = aws(Dialled(Socket(answer(b'{"Attributes":{"arrivals":{"N":"3"}}}')))).dynamodb

    after = dynamodb.update_item("t", {"k": "v"}, "ADD arrivals :one", returns="UPDATED_NEW")

    assert after == {"arrivals": 3}


@pytest.mark.parametrize(
    ("body", "item"),
    [
        (
            {"__type": CONDITION_FAILED, "Item": {"state": {"S": "published"}}},
            {"state": "published"},
        ),
        ({"__type": CONDITION_FAILED, "message": "The conditional request failed"}, None),
    ],
)
def test_failed_condition_carries_the_row(
    body: dict[str, Any], item: dict[str, Any] | None
) -> None:
    """Who loses a conditional write learns what is there instead."""
    dynamodb = aws(Dialled(Socket(answer(msgspec.json.encode(body), 400)))).dynamodb

    with pytest.raises(ConditionFailed) as failed:
        dynamodb.update_item("t", {"k": "v"}, "SET a = :a", condition="b = :b")

    assert failed.value.item == item
    assert "published" not in str(failed.value)


def test_invalid_write_is_rejected_as_such() -> None:
    """Another refusal is not taken for a failed condition."""
    body = b'{"__type":"com.amazon.coral.validate#ValidationException","message":"too large"}'
    dynamodb = aws(Dialled(Socket(answer(body, 400)))).dynamodb

    with pytest.raises(AwsRejected, match=r"^dynamodb .*: ValidationException: too large$") as exc:
        dynamodb.update_item("t", {"k": "v"}, "SET a = :a")

    assert not isinstance(exc.value, ConditionFailed)
