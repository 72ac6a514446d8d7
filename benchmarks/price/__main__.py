"""
`python -m benchmarks.price --batch 10`: counts one stream and prints what it used, as JSON.

A process of its own: functions find their environment in `os.environ`, moto replaces
AWS in the whole process, and standard output belongs to the functions.
"""

import argparse
import json
import os
import sys
from contextlib import redirect_stdout
from typing import Any

import boto3
from moto import mock_aws

from benchmarks.price import account
from benchmarks.price.account import Account, Connection
from benchmarks.price.counting import Meter
from benchmarks.price.output import Output
from benchmarks.price.simulators import Outside, outside
from benchmarks.price.tables import TABLES
from local.store.webhooks import CLIENT_SECRET
from local.store.world import SHOP

WEBHOOKS = 600
SEED = 7
ON_BUS_EVERY = 10
"""One in so many good deliveries comes over EventBridge, as in the demo."""


def main() -> None:
    """Run the stream with workers' batches of the size asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.price", description=__doc__)
    parser.add_argument("--batch", type=int, default=10)
    parser.add_argument("--webhooks", type=int, default=WEBHOOKS)
    asked = parser.parse_args()
    output = Output()
    with outside() as found, redirect_stdout(output), mock_aws():
        os.environ.update(_environment(found))
        told = count(found, output, asked.batch, asked.webhooks)
    json.dump(told, sys.stdout)


def count(found: Outside, output: Output, batch: int, webhooks: int) -> dict[str, Any]:
    """Send the stream through a new system; return what it used and how it was answered."""
    from benchmarks.price.flow import Flow  # noqa: PLC0415 - functions keep the stdout they find

    meter = Meter()
    held = Account(meter, json.dumps([CLIENT_SECRET]))
    os.environ["STORE_KEY_ARN"] = held.key_arn
    _install(held)
    held.changes()
    meter.used.clear()
    account.watch(meter)
    flow = Flow(held, meter, output, batch)
    services = _services(meter, flow)
    stream = found.stream(webhooks, SEED)
    surprises = 0
    for number, planned in enumerate(stream):
        found.advance(planned.step)
        on_bus = planned.kind == "fresh" and number % ON_BUS_EVERY == 0
        status = flow.deliver(planned, services, on_bus=on_bus)
        surprises += not on_bus and status != planned.expected_status
        flow.drain()
    flow.drain(rest=True)
    _egress(meter, found)
    return {
        "webhooks": len(stream),
        "surprises": surprises,
        "used": [[part, unit, amount] for (part, unit), amount in sorted(meter.used.items())],
        "calls": dict(sorted(meter.calls.items())),
    }


def _environment(found: Outside) -> dict[str, str]:
    hosts = dict.fromkeys(("contact", "batch", "activity"), found.netcore_url)
    return {
        "AWS_REGION": account.REGION,
        "AWS_DEFAULT_REGION": account.REGION,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "STAGE": "price",
        **{f"{name.upper()}_TABLE": name for name in TABLES},
        "KEPT_BUCKET": "kept",
        "ARCHIVE_BUCKET": "archive",
        "COMMANDS_TOPIC_ARN": account.TOPIC_ARN,
        "CLIENT_SECRETS_PARAMETER": account.PARAMETER,
        "NETCORE_HOSTS": json.dumps(hosts),
        "SHOPIFY_ADMIN_URL": found.store_url,
        "COLLECT_URL": "https://api.example.com/collect",
        "POWERTOOLS_SERVICE_NAME": "shopbridge",
        "POWERTOOLS_METRICS_NAMESPACE": "Shopbridge",
        "LOG_LEVEL": "INFO",
    }


def _install(held: Account) -> None:
    from local.demo.installation import install_store  # noqa: PLC0415 - as above
    from shopbridge.stores.repository import StoreRepository  # noqa: PLC0415
    from shopbridge.stores.vault import Vault  # noqa: PLC0415

    table = boto3.resource("dynamodb").Table("stores")
    vault = Vault(boto3.client("kms"), held.key_arn, lambda: 0.0)
    install_store(StoreRepository(table, SHOP), vault, SHOP)


def _services(meter: Meter, flow: Any) -> Any:
    """Build the services of one topic function that stays warm."""
    from shopbridge.aws.client import Aws  # noqa: PLC0415
    from shopbridge.entry import ingest  # noqa: PLC0415
    from shopbridge.environment import Environment  # noqa: PLC0415

    environment = Environment()
    aws = Aws.from_environment(
        environment.variables,
        connect=lambda secure, host, within: Connection(meter, flow.publish, host),  # type: ignore[arg-type, return-value]  # has what Connection uses
    )
    return ingest.build(aws, environment)


def _egress(meter: Meter, found: Outside) -> None:
    size = len(json.dumps(found.received()))
    meter.add("egress GB", size / 1e9, "data to Netcore")


if __name__ == "__main__":
    main()
