"""AWS as moto imitates it within this process, with the parts that infra would make."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any

import boto3
import requests
from moto import mock_aws

from shopbridge.aws.client import Aws
from shopbridge.aws.wire import Wire
from shopbridge.commands import TIMED
from shopbridge.message import read_head
from tests.integration.aws.moto_bridge import MotoSocket
from tests.integration.aws.wire import ENVIRON
from tests.integration.pipeline.clock import Clock

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import DynamoDBServiceResource, Table
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sqs import SQSClient

BUCKET = "kept"
PARAMETER = "/shopbridge/test/client-secrets"
TABLES = {
    "stores": ("store",),
    "ledger": ("delivery", "row"),
    "receipts": ("store_shard", "effect"),
    "contacts": ("store_shard", "customer"),
    "runs": ("store", "run"),
    "catalogue": ("store", "variant"),
}
INDEXES = {"ledger": (("open", "open_at"), ("resource", "received_at"))}
"""Indexes that hold nothing but keys."""
QUEUES = {
    "activities": '{"RecordActivity":[{"exists":true}]}',
    "website-tracking": '{"HoldActivity":[{"exists":true}]}',
    "archive": '{"delivery":[{"exists":true}]}',
    "contacts": '{"RefreshContact":[{"exists":true}]}',
    "consents": '{"ChangeConsent":[{"exists":true}]}',
    "catalogue": '{"RefreshProduct":[{"exists":true}]}',
    "checkouts": json.dumps({"$or": [{each.__name__: [{"exists": True}]} for each in TIMED]}),
    "to_shopify": '{"$or":[{"Unsubscribe":[{"exists":true}]},{"FillCustomer":[{"exists":true}]}]}',
}

HISTORY = ("contacts-history", "catalogue-history", "activities-history", "consents-history")
"""Filled by the historic sync itself, not through the topic."""

_one_at_a_time = Lock()
"""moto itself does not make conditional writes atomic between threads."""

KEYS: dict[str, Any] = {
    "region_name": ENVIRON["AWS_REGION"],
    "aws_access_key_id": ENVIRON["AWS_ACCESS_KEY_ID"],
    "aws_secret_access_key": ENVIRON["AWS_SECRET_ACCESS_KEY"],
}


class _Socket(MotoSocket):
    def makefile(self, *args: object) -> BytesIO:
        with _one_at_a_time:
            return super().makefile(*args)


def _connect(secure: bool, host: str, within: float) -> Wire:
    del within
    return Wire(_Socket(f"{'https' if secure else 'http'}://{host}"))


@dataclass(frozen=True)
class Cloud:
    """Clients of boto3 for tests and workers, and our own for topic functions."""

    dynamodb: "DynamoDBServiceResource"
    s3: "S3Client"
    sns: "SNSClient"
    sqs: "SQSClient"
    topic_arn: str
    queue_urls: dict[str, str]

    def table(self, name: str) -> "Table":
        """Return one of our tables."""
        return self.dynamodb.Table(name)

    def aws(self, clock: Clock) -> Aws:
        """Build our own client; one for each thread."""
        return Aws.from_environment(
            ENVIRON, connect=_connect, clock=clock.seconds, sleep=clock.sleep
        )

    def take(self, queue: str, store: str) -> list[str]:
        """Empty a queue; return the texts in it that are about `store`."""
        texts: list[str] = []
        while True:
            answer = self.sqs.receive_message(
                QueueUrl=self.queue_urls[queue], MaxNumberOfMessages=10
            )
            messages = answer.get("Messages", [])
            if not messages:
                return [text for text in texts if read_head(text).store == store]
            for message in messages:
                texts.append(message["Body"])
                self.sqs.delete_message(
                    QueueUrl=self.queue_urls[queue], ReceiptHandle=message["ReceiptHandle"]
                )

    def kept(self, prefix: str) -> dict[str, bytes]:
        """Read every kept object under `prefix`, by key."""
        listed = self.s3.list_objects_v2(Bucket=BUCKET, Prefix=prefix).get("Contents", [])
        return {
            entry["Key"]: self.s3.get_object(Bucket=BUCKET, Key=entry["Key"])["Body"].read()
            for entry in listed
        }


async def fetched(url: str) -> bytes | None:
    """Fetch what a signed URL of this cloud leads to, as somebody without our keys does."""
    answer = requests.get(url, timeout=5)
    return answer.content if answer.ok else None


@contextmanager
def started() -> Iterator[Cloud]:
    """Imitate AWS and make our parts in it."""
    with mock_aws():
        dynamodb = boto3.resource("dynamodb", **KEYS)
        for name, keys in TABLES.items():
            _make_table(dynamodb, name, keys, INDEXES.get(name, ()))
        s3 = boto3.client("s3", **KEYS)
        s3.create_bucket(
            Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": KEYS["region_name"]}
        )
        sns, sqs = boto3.client("sns", **KEYS), boto3.client("sqs", **KEYS)
        topic_arn = sns.create_topic(Name="commands")["TopicArn"]
        urls = {}
        for name, wanted in QUEUES.items():
            urls[name] = sqs.create_queue(QueueName=name)["QueueUrl"]
            arn = sqs.get_queue_attributes(QueueUrl=urls[name], AttributeNames=["QueueArn"])
            sns.subscribe(
                TopicArn=topic_arn,
                Protocol="sqs",
                Endpoint=arn["Attributes"]["QueueArn"],
                Attributes={"RawMessageDelivery": "true", "FilterPolicy": wanted},
            )
        urls |= {name: sqs.create_queue(QueueName=name)["QueueUrl"] for name in HISTORY}
        yield Cloud(dynamodb, s3, sns, sqs, topic_arn, urls)


def _make_table(
    dynamodb: "DynamoDBServiceResource",
    name: str,
    keys: tuple[str, ...],
    indexes: tuple[tuple[str, str], ...],
) -> None:
    projection = {"ProjectionType": "KEYS_ONLY"}
    named = sorted({*keys, *(key for index in indexes for key in index)})
    options: Any = {
        "GlobalSecondaryIndexes": [
            {"IndexName": index[0], "KeySchema": _schema(index), "Projection": projection}
            for index in indexes
        ]
    }
    dynamodb.create_table(
        TableName=name,
        KeySchema=_schema(keys),
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in named],
        BillingMode="PAY_PER_REQUEST",
        **(options if indexes else {}),
    )


def _schema(keys: tuple[str, ...]) -> Any:
    return [
        {"AttributeName": key, "KeyType": "RANGE" if number else "HASH"}
        for number, key in enumerate(keys)
    ]
