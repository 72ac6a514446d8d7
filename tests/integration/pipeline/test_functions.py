"""A topic function and the activities worker as infra starts them: wired from the environment."""

import dataclasses
import json

import boto3
import msgspec
import pytest

from functions.abandonment import sweep
from functions.delivery import activities, checkouts
from functions.webhooks.orders import create
from shopbridge.entry import ingest
from shopbridge.environment import Environment
from shopbridge.stores.vault import Vault
from tests.integration.pipeline import sent
from tests.integration.pipeline.arrived import publish
from tests.integration.pipeline.cloud import BUCKET, KEYS, PARAMETER, Cloud
from tests.integration.pipeline.lane import Lying, record
from tests.integration.pipeline.shoppers import Shoppers
from tests.integration.pipeline.system import SECRET, System

NOBODY_LISTENS = "http://127.0.0.1:9"


def test_topic_function_is_wired(system: System, capsys: pytest.CaptureFixture[str]) -> None:
    """Parameter, tables, topic and bucket are found by their variables; one line is printed."""
    ssm = boto3.client("ssm", **KEYS)
    ssm.put_parameter(Name=PARAMETER, Value=json.dumps([SECRET]), Type="SecureString")
    variables = {
        "STORES_TABLE": "stores",
        "LEDGER_TABLE": "ledger",
        "COMMANDS_TOPIC_ARN": system.cloud.topic_arn,
        "KEPT_BUCKET": BUCKET,
        "CLIENT_SECRETS_PARAMETER": PARAMETER,
    }
    services = msgspec.structs.replace(
        ingest.build(system.cloud.aws(system.clock), Environment(variables)), now=system.clock.now
    )
    function = msgspec.structs.replace(create.handler, services=lambda: services)

    answer = function(sent.https(system.name, sent.order()), None)

    assert answer == {"statusCode": 200, "body": "OK"}
    assert len(system.cloud.take("activities", system.name)) == 1
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert (told["message"], told["topic"], told["shop"], told["event_id"]) == (
        "published",
        "orders/create",
        system.name,
        "e-1",
    )


def test_worker_is_wired(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables, keys and hosts are found; where nobody answers the message stays."""
    key = boto3.client("kms", **KEYS).create_key()["KeyMetadata"]["Arn"]
    vault = Vault(boto3.client("kms", **KEYS), key, system.clock.seconds)
    system.repository().save_netcore_key(
        system.store(), vault.seal("netcore-cnry-key", store=system.name, epoch=1)
    )
    publish(system, 1001)
    hosts = dict.fromkeys(("contact", "batch", "activity"), NOBODY_LISTENS)
    for name, value in {
        "AWS_DEFAULT_REGION": KEYS["region_name"],
        "AWS_ACCESS_KEY_ID": KEYS["aws_access_key_id"],
        "AWS_SECRET_ACCESS_KEY": KEYS["aws_secret_access_key"],
        "STORES_TABLE": "stores",
        "LEDGER_TABLE": "ledger",
        "RECEIPTS_TABLE": "receipts",
        "KEPT_BUCKET": BUCKET,
        "STORE_KEY_ARN": key,
        "NETCORE_HOSTS": json.dumps(hosts),
    }.items():
        monkeypatch.setenv(name, value)
    worker = dataclasses.replace(activities.handler, services=activities.services.__wrapped__)
    message = record(Lying("m1", system.lane.messages[0].body, receives=1))

    answer = worker({"Records": [message]}, None)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
    assert system.outcomes("e-1001") == []


def test_checkouts_worker_and_sweep_are_wired(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Table, index, key and topic are found; an order is noted again and nothing is due."""
    shoppers = Shoppers(cloud)
    for name, value in {
        "AWS_DEFAULT_REGION": KEYS["region_name"],
        "AWS_ACCESS_KEY_ID": KEYS["aws_access_key_id"],
        "AWS_SECRET_ACCESS_KEY": KEYS["aws_secret_access_key"],
        "STORES_TABLE": "stores",
        "LEDGER_TABLE": "ledger",
        "CHECKOUTS_TABLE": shoppers.table.name,
        "COMMANDS_TOPIC_ARN": cloud.topic_arn,
        "KEPT_BUCKET": BUCKET,
        "STORE_KEY_ARN": shoppers.key_arn,
    }.items():
        monkeypatch.setenv(name, value)
    worker = dataclasses.replace(checkouts.handler, services=checkouts.services.__wrapped__)
    sweeping = dataclasses.replace(sweep.handler, services=sweep.services.__wrapped__)
    shoppers.order(customer={"id": 7001})
    message = record(Lying("m1", shoppers.last, receives=2))

    answers = worker({"Records": [message]}, None), sweeping({}, None)

    assert answers == ({"batchItemFailures": []}, {})
    assert len(shoppers.rows_at_rest()) == 2
