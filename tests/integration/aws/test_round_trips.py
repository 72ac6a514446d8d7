"""Each service once against a whole imitation of AWS: written by us, read by boto3 or us."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import boto3
import msgspec
import pytest
from moto import mock_aws

from shopbridge.aws.errors import AwsRejected, ConditionFailed
from shopbridge.aws.items import Value
from tests.integration.aws.moto_bridge import aws_on_moto
from tests.integration.aws.wire import ENVIRON


@pytest.fixture(autouse=True)
def moto() -> Iterator[None]:
    """Imitate AWS within this process."""
    with mock_aws():
        yield


def reference(service: str) -> Any:
    """Return boto3's client for the same account and region."""
    return boto3.client(  # type: ignore[call-overload]  # the service is a variable here
        service,
        region_name=ENVIRON["AWS_REGION"],
        aws_access_key_id=ENVIRON["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=ENVIRON["AWS_SECRET_ACCESS_KEY"],
    )


def test_row_is_claimed_once() -> None:
    """The first conditional write makes the row, the second is told what is there."""
    reference("dynamodb").create_table(
        TableName="ledger",
        KeySchema=[{"AttributeName": "delivery", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "delivery", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    dynamodb = aws_on_moto().dynamodb
    row: dict[str, Value] = {
        "state": "leased",
        "n": Decimal("1.5"),
        "commands": ["a", {"b": True}],
        "none": None,
    }

    def claim() -> object:
        return dynamodb.update_item(
            "ledger",
            {"delivery": "d"},
            "SET #r = :row",
            condition="attribute_not_exists(#r)",
            names={"#r": "row"},
            values={":row": row},
            returns="ALL_NEW",
        )

    claimed = claim()
    with pytest.raises(ConditionFailed) as failed:
        claim()

    assert claimed == {"delivery": "d", "row": row}
    assert failed.value.item == claimed
    assert dynamodb.get_item("ledger", {"delivery": "d"}, projection=["row"]) == {"row": row}
    assert dynamodb.get_item("ledger", {"delivery": "other"}) is None


def test_message_reaches_the_queue() -> None:
    """What is published arrives in a subscribed queue, text and attributes unchanged."""
    sns, sqs = reference("sns"), reference("sqs")
    topic = sns.create_topic(Name="commands")["TopicArn"]
    queue = sqs.create_queue(QueueName="activities")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn["QueueArn"])

    message_id = aws_on_moto().sns.publish(
        topic, "eyJ9-_.YQ", {"delivery": "orders/create"}, "a.myshopify.com"
    )

    (received,) = sqs.receive_message(QueueUrl=queue)["Messages"]
    envelope = msgspec.json.decode(received["Body"])
    assert envelope["MessageId"] == message_id
    assert envelope["Message"] == "eyJ9-_.YQ"
    assert envelope["MessageAttributes"] == {
        "delivery": {"Type": "String", "Value": "orders/create"}
    }


def test_object_is_kept() -> None:
    """An object comes back byte for byte, with its metadata; a missing one is named."""
    s3 = reference("s3")
    s3.create_bucket(
        Bucket="kept", CreateBucketConfiguration={"LocationConstraint": ENVIRON["AWS_REGION"]}
    )

    ours = aws_on_moto().s3
    ours.put_object(
        "kept", "parked/ä b", b"\x00body", content_type="text/plain", metadata={"topic": "a/b"}
    )

    assert ours.get_object("kept", "parked/ä b") == b"\x00body"
    assert s3.head_object(Bucket="kept", Key="parked/ä b")["Metadata"] == {"topic": "a/b"}
    with pytest.raises(AwsRejected, match="NoSuchKey"):
        ours.get_object("kept", "parked/none")


def test_secret_is_read_decrypted() -> None:
    """A SecureString comes back in clear."""
    reference("ssm").put_parameter(Name="/s/secrets", Value='["s"]', Type="SecureString")

    ssm = aws_on_moto().ssm

    assert ssm.get_parameter("/s/secrets") == '["s"]'
    with pytest.raises(AwsRejected, match="ParameterNotFound"):
        ssm.get_parameter("/s/none")
