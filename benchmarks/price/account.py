"""An AWS account in memory: moto behind boto3 and behind the lean client, each call counted."""

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any
from urllib.parse import parse_qsl

import boto3
import requests
from moto.core.models import DEFAULT_ACCOUNT_ID as ACCOUNT
from moto.dynamodb.models import dynamodb_backends

from benchmarks.price.counting import Meter
from benchmarks.price.tables import TABLES, create
from shopbridge.aws.answer import Answer

BUCKETS = ("kept", "archive")
REGION = "us-east-1"
TOPIC_ARN = "arn:aws:sns:us-east-1:123456789012:commands"
PARAMETER = "/shopbridge/price/client-secrets"

Publish = Callable[[str, frozenset[str]], None]
"""Takes a message's text and the names of its attributes."""


class Account:
    """Tables with streams, buckets, a key and a parameter, as infra makes them."""

    def __init__(self, meter: Meter, secrets: str) -> None:
        for name, keys in TABLES.items():
            create(name, keys)
        s3 = boto3.client("s3")
        for bucket in BUCKETS:
            s3.create_bucket(Bucket=bucket)
        self.key_arn: str = boto3.client("kms").create_key()["KeyMetadata"]["Arn"]
        boto3.client("ssm").put_parameter(Name=PARAMETER, Value=secrets, Type="SecureString")
        self._streams = {name: _Stream(name) for name in TABLES}
        self._meter = meter

    def changes(self) -> dict[str, list[dict[str, Any]]]:
        """Count what all tables' changes since last time cost; return them by table."""
        changes = {name: stream.new() for name, stream in self._streams.items()}
        for record in chain.from_iterable(changes.values()):
            images = record["dynamodb"]
            self._meter.changed(images.get("OldImage"), images.get("NewImage"))
        return changes


def watch(meter: Meter) -> None:
    """Have every boto3 client made from now on tell `meter` its calls; SQS is not asked at all."""
    boto3.setup_default_session()
    events = boto3._get_default_session().events

    def told(params: Mapping[str, Any], model: Any, **_: Any) -> None:
        meter.call(model.service_model.service_name, model.name, params)

    def answered(**_: Any) -> tuple[Any, dict[str, Any]]:
        return _Ok(), {"ResponseMetadata": {}}

    events.register("before-parameter-build", told)
    events.register("before-call.sqs", answered)  # type: ignore[arg-type]  # botocore takes the answer


class Connection:
    """Takes the place of the lean client's `Wire`: SNS is ours, the rest is moto's."""

    def __init__(self, meter: Meter, publish: Publish, host: str) -> None:
        self._meter = meter
        self._publish = publish
        self._host = host
        self._service = host.removesuffix(f".{REGION}.amazonaws.com").rpartition(".")[2]
        self.is_open = True

    def exchange(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: bytes,
        *,
        seconds: float,
    ) -> Answer:
        """Count the call and carry it out."""
        if self._service == "sns":
            self._meter.call("sns", "Publish", {"bytes": len(body)})
            return self._published(dict(parse_qsl(body.decode())))
        self._meter.call(self._service, *_named(method, body, headers))
        url = f"https://{self._host}{target}"
        done = requests.request(method, url, data=body, headers=dict(headers), timeout=seconds + 10)
        return Answer(done.status_code, done.content)

    def close(self) -> None:
        """Have nothing to close."""

    def _published(self, form: Mapping[str, str]) -> Answer:
        names = frozenset(value for name, value in form.items() if name.endswith(".Name"))
        self._publish(form["Message"], names)
        return Answer(200, b"<MessageId>m</MessageId>")


class _Ok:
    status_code = 200


class _Stream:
    """A table's changes, read on from where they were left: moto keeps them with the table."""

    def __init__(self, table: str) -> None:
        shard = dynamodb_backends[ACCOUNT][REGION].tables[table].stream_shard
        if shard is None:
            raise ValueError(f"{table} has no stream")
        self._items = shard.items
        self._read = 0

    def new(self) -> list[dict[str, Any]]:
        records = [_as_lambda_has_it(one.to_json()) for one in self._items[self._read :]]
        self._read += len(records)
        return records


def _as_lambda_has_it(record: dict[str, Any]) -> dict[str, Any]:
    """Write the time of a record as a number of seconds; moto has a `datetime` there."""
    images = record["dynamodb"]
    at = images["ApproximateCreationDateTime"].timestamp()
    return {**record, "dynamodb": {**images, "ApproximateCreationDateTime": at}}


def _named(method: str, body: bytes, headers: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    target = headers.get("x-amz-target", "")
    if not target:
        return ("PutObject" if method == "PUT" else "GetObject"), {}
    return target.rpartition(".")[2], {"ConsistentRead": b'"ConsistentRead":true' in body}
