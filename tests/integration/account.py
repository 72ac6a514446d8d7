"""A deployment on moto: tables, buckets, queues and parameters as infra makes them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Any

import boto3

from shopbridge.archive.writer import Archive
from shopbridge.ledger.counters import Counters
from shopbridge.ledger.outcomes import Outcomes
from shopbridge.ledger.reader import Ledger
from shopbridge.message import Head
from shopbridge.outbox import Outbox
from shopbridge.parked.again import Again
from shopbridge.parked.listing import Parked
from shopbridge.parked.resume import Resume
from shopbridge.privacy.erased import Erased
from shopbridge.station.station import Station
from shopbridge.stores.repository import StoreRepository
from shopbridge.tallies import Change

REGION = "us-east-1"
STAGE = "test"
STORE = "vapid-store.myshopify.com"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
KEPT, ARCHIVED = "kept-bucket", "archive-bucket"


@cache
def session() -> boto3.Session:
    """Return one session for all tests: reading boto3's descriptions takes longer than a test."""
    return boto3.Session("test", "test", region_name=REGION)


@dataclass
class Functions:
    """Stands for Lambda: keeps the replays that topic functions were handed."""

    outcome: str = "published"
    error: str = ""
    replays: list[tuple[str, str]] = field(default_factory=list)

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:
        """Take one replay as the function of a topic would."""
        self.replays.append((FunctionName, json.loads(Payload)["replay"]))
        if self.error:
            return {"FunctionError": "Unhandled", "Payload": _Body({"errorType": self.error})}
        return {"Payload": _Body({"outcome": self.outcome})}


@dataclass
class _Body:
    content: Mapping[str, str]

    def read(self) -> bytes:
        return json.dumps(self.content).encode()


class Account:
    """One stage, empty at first."""

    def __init__(self) -> None:
        self.functions = Functions()
        self.s3 = session().client("s3")
        self.sqs = session().client("sqs")
        self.sns = session().client("sns")
        for bucket in (KEPT, ARCHIVED):
            self.s3.create_bucket(Bucket=bucket)
        self._dynamodb = session().resource("dynamodb")
        self.stores = self._table("stores", "store")
        self.ledger = self._table(
            "ledger", "delivery", "row", ("resource", "received_at"), ("open", "open_at")
        )
        self.catalogue = self._table("catalogue", "store", "variant")
        self.contacts = self._table("contacts", "store_shard", "customer")
        self.runs = self._table("runs", "store", "run")
        self.receipts = self._table("receipts", "store_shard", "effect")
        self.checkouts = self._table("checkouts", "store_shard", "row", ("due", "look_at"))
        self.topic = self.sns.create_topic(Name="commands")["TopicArn"]
        self.activities = self.sqs.create_queue(QueueName="activities")["QueueUrl"]
        self._subscribe("RecordActivity")
        self._images: dict[tuple[str, str], dict[str, Any]] = {}
        self._sequence = 0

    def describe(self) -> None:
        """Write the parameters that the command line reads."""
        key = session().client("kms").create_key()["KeyMetadata"]["Arn"]
        deployment = {
            "api_url": "https://api.example",
            "tables": {
                name: name for name in ("stores", "ledger", "catalogue", "contacts", "runs")
            },
            "queues": {"activities": self.activities},
            "commands_topic": self.topic,
            "kept_bucket": KEPT,
            "archive_bucket": ARCHIVED,
            "store_key": key,
            "client_id": "8d1c0f6ab1d24d0f8a3c7a0e3f1b2c4d",
            "client_secrets_parameter": f"/shopbridge/{STAGE}/client-secrets",
            "historic_sync": f"arn:aws:states:{REGION}:123456789012:stateMachine:historic-sync",
        }
        self._parameter("deployment", deployment)
        self._parameter("topics", {"orders/create": "OrdersCreate"})

    @cached_property
    def station(self) -> Station:
        """What workers need, with a clock that stands still."""
        return Station(
            stores=self.repository,
            outcomes=Outcomes(self.ledger),
            s3=self.s3,
            bucket=KEPT,
            sqs=self.sqs,
            now=lambda: NOW,
        )

    @cached_property
    def archive(self) -> Archive:
        """The archive, to write."""
        return Archive(self.s3, ARCHIVED, KEPT, self.forgotten)

    def forgotten(self, store: str, heads: Sequence[Head]) -> Sequence[bool]:
        """Say which deliveries are about somebody who was to be forgotten."""
        return Erased(self.receipts, store, lambda: 0.0).in_deliveries(heads)

    @property
    def reader(self) -> Ledger:
        """The ledger, to read."""
        return Ledger(self.ledger)

    @property
    def resume(self) -> Resume:
        """Sends on what was parked."""
        return Resume(
            Parked(self.reader, self.s3, KEPT),
            self.ledger,
            Outbox(self.sns, self.topic),
            self.again,
        )

    @property
    def again(self) -> Again:
        """Hands deliveries to their functions."""
        return Again(self.functions, {"orders/create": "OrdersCreate"})  # type: ignore[arg-type]  # stands for boto3's client

    def repository(self, store: str) -> StoreRepository:
        """Return the row of one store."""
        return StoreRepository(self.stores, store)

    def received(self) -> list[dict[str, Any]]:
        """Take everything out of the queue of activities."""
        answer = self.sqs.receive_message(
            QueueUrl=self.activities, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        )
        return [dict(one) for one in answer.get("Messages", [])]

    def changes(self) -> list[Change]:
        """Return what changed in the ledger since the last call, as its stream would."""
        return list(self._changed())

    def count(self) -> None:
        """Let the counters catch up."""
        Counters(self.ledger).apply("shard-1", self.changes(), NOW)

    def keys(self, bucket: str) -> list[str]:
        """List what lies in a bucket."""
        found = self.s3.list_objects_v2(Bucket=bucket).get("Contents", [])
        return [one["Key"] for one in found]

    def content(self, bucket: str, key: str) -> bytes:
        """Return what lies at a key."""
        return self.s3.get_object(Bucket=bucket, Key=key)["Body"].read()

    def row(self, delivery: str, row: str) -> dict[str, Any]:
        """Return one row of the ledger."""
        return dict(self.ledger.get_item(Key={"delivery": delivery, "row": row})["Item"])

    def _changed(self) -> Iterator[Change]:
        for row in self.ledger.scan()["Items"]:
            key = str(row["delivery"]), str(row["row"])
            before = self._images.get(key)
            if "topic" in row and row != before:
                self._sequence += 100
                yield Change(str(self._sequence), before, row)
            self._images[key] = row

    def _table(self, name: str, pk: str, sk: str = "", *indexes: tuple[str, str]) -> Any:
        keys = [(pk, "HASH"), *([(sk, "RANGE")] if sk else [])]
        names = {pk, *([sk] if sk else []), *(key for index in indexes for key in index)}
        options: dict[str, Any] = {"BillingMode": "PAY_PER_REQUEST"}
        if indexes:
            options["GlobalSecondaryIndexes"] = [
                {
                    "IndexName": first,
                    "KeySchema": _schema([(first, "HASH"), (second, "RANGE")]),
                    "Projection": {"ProjectionType": "KEYS_ONLY"},
                }
                for first, second in indexes
            ]
        return self._dynamodb.create_table(
            TableName=name,
            KeySchema=_schema(keys),
            AttributeDefinitions=[
                {"AttributeName": key, "AttributeType": "S"} for key in sorted(names)
            ],
            **options,
        )

    def _subscribe(self, attribute: str) -> None:
        arn = self.sqs.get_queue_attributes(QueueUrl=self.activities, AttributeNames=["QueueArn"])
        self.sns.subscribe(
            TopicArn=self.topic,
            Protocol="sqs",
            Endpoint=arn["Attributes"]["QueueArn"],
            Attributes={
                "RawMessageDelivery": "true",
                "FilterPolicy": json.dumps({attribute: [{"exists": True}]}),
            },
        )

    def _parameter(self, name: str, value: Mapping[str, Any]) -> None:
        session().client("ssm").put_parameter(
            Name=f"/shopbridge/{STAGE}/{name}", Value=json.dumps(value), Type="String"
        )


def _schema(keys: list[tuple[str, str]]) -> Any:
    return [{"AttributeName": name, "KeyType": kind} for name, kind in keys]
