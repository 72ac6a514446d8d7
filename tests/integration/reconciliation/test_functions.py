"""The schedule hands out one message for each store; one that fails keeps no other waiting."""

import json
from collections.abc import Callable
from typing import Any

import boto3
import pytest

from functions.reconciliation import store as function
from shopbridge.entry.reconciling import NotPlanned, Plan, Reconciliation
from shopbridge.errors import AdminUnavailable
from shopbridge.reconciliation.ages import ages
from shopbridge.reconciliation.desk import Desk
from shopbridge.stores.directory import active
from tests.integration.pipeline.cloud import BUCKET, KEYS, Cloud
from tests.integration.reconciliation.conftest import Opened
from tests.integration.reconciliation.missed import Missed


class Queue:
    """Stands for boto3's client of SQS: keeps what it is sent, or refuses it."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.refuses = refuses
        self.calls: list[list[dict[str, Any]]] = []

    def send_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, Any]]) -> dict[str, Any]:
        """Take a batch."""
        assert QueueUrl == "the-queue"
        self.calls.append(Entries)
        return {"Failed": [{"Id": "0"}]} if self.refuses else {}


def plan(names: list[str], queue: Queue) -> Plan:
    """Build the scheduled function."""
    return Plan(lambda: names, lambda: queue, lambda: "the-queue")  # type: ignore[arg-type, return-value]  # stands for boto3's client


def test_each_store_has_a_message_and_a_time_of_its_own() -> None:
    """Fifteen stores are spread over a quarter of an hour, ten to a call."""
    queue = Queue()

    told = plan([f"store-{n:02}.myshopify.com" for n in range(15)], queue)({}, None)

    sent = [entry for call in queue.calls for entry in call]
    assert told == {"stores": 15}
    assert [len(call) for call in queue.calls] == [10, 5]
    assert [json.loads(one["MessageBody"])["store"][6:8] for one in sent[:2]] == ["00", "01"]
    assert [one["DelaySeconds"] for one in sent] == [60 * n for n in range(15)]


def test_no_store_needs_no_message() -> None:
    """A deployment that nobody has installed does nothing."""
    queue = Queue()

    assert plan([], queue)({}, None) == {"stores": 0}
    assert queue.calls == []


def test_messages_that_sqs_refuses_are_sent_again() -> None:
    """The function fails, so that the schedule's next try sends all of them."""
    with pytest.raises(NotPlanned):
        plan(["one.myshopify.com"], Queue(refuses=True))({}, None)


def test_only_installed_stores_are_planned(opened: Opened, cloud: Cloud) -> None:
    """Paused ones have their connection looked at; one that left has nothing to look at."""
    there, paused, left = opened(), opened(), opened()
    paused.repository().set_status(paused.store(), "paused")
    left.repository().uninstall(left.store(), left.clock.now())

    found = set(active(cloud.table("stores")))

    assert {there.name, paused.name} <= found
    assert left.name not in found


def test_store_that_fails_keeps_no_other_waiting(opened: Opened) -> None:
    """Its message comes back by itself; the other store is reconciled."""
    broken, sound = opened(), opened()
    sound.lives("register", arrives=False)
    sound.passes(hours=1)
    function = Reconciliation(desks(broken, sound), sound.clock.now)

    answer = function({"Records": [record(broken), record(sound)]}, None)

    assert answer == {"batchItemFailures": [{"itemIdentifier": broken.name}]}
    assert len(sound.written()) == 2
    assert broken.written() == {}


def test_store_that_left_meanwhile_is_done_with(opened: Opened) -> None:
    """Its message does not come back."""
    function = Reconciliation(lambda name, is_late: None, opened().clock.now)

    answer = function({"Records": [{"messageId": "m", "body": '{"store":"gone"}'}]}, None)

    assert answer == {"batchItemFailures": []}


def test_operator_is_told_the_report(opened: Opened) -> None:
    """Asked directly, with more than the schedule says, the function returns what it found."""
    store = opened()
    store.lives("register", arrives=False)
    store.passes(minutes=1)
    function = Reconciliation(desks(store), store.clock.now)

    told = function({"store": store.name, "dry_run": True, "settled_seconds": 0}, None)

    assert (told["findings"], told["dry_run"]) == (1, True)
    assert len(told["streams"][0]["missing"]) == 1


def test_function_is_wired(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables, parameters and bucket are found by their variables; no token is a finding."""
    store = opened()
    ssm = boto3.client("ssm", **KEYS)
    parts = {"queues": store.cloud.queue_urls, "api_url": "https://api.example", "event_bus": None}
    ssm.put_parameter(Name="/parts", Value=json.dumps(parts), Type="String")
    ssm.put_parameter(Name="/topics", Value='{"orders/create":"f"}', Type="String")
    tables = ("stores", "ledger", "contacts", "catalogue", "receipts", "runs")
    for name, value in {
        "AWS_DEFAULT_REGION": KEYS["region_name"],
        "AWS_ACCESS_KEY_ID": KEYS["aws_access_key_id"],
        "AWS_SECRET_ACCESS_KEY": KEYS["aws_secret_access_key"],
        **{f"{table.upper()}_TABLE": table for table in tables},
        "CHECKOUTS_TABLE": store.waits.table.name,
        "KEPT_BUCKET": BUCKET,
        "STORE_KEY_ARN": "key",
        "SHOPIFY_SCOPES": "read_orders",
        "CLIENT_SECRETS_PARAMETER": "/secrets",
        "DEPLOYMENT_PARAMETER": "/parts",
        "TOPICS_PARAMETER": "/topics",
        "RESUME_FUNCTION": "resume",
    }.items():
        monkeypatch.setenv(name, value)

    told = function.handler({"store": store.name}, None)

    assert told["store"] == store.name
    assert told["held"] == "Shopify does not take the token"
    assert [one["what"] for one in told["checks"]] == ["token", "API version 2026-10", "queues"]


def test_ages_are_read_by_lane(cloud: Cloud) -> None:
    """What CloudWatch has measured last counts; an idle lane is left out."""
    measured = {"MetricDataResults": [{"Id": "q1", "Values": [61.0, 5.0]}, {"Id": "q0"}]}

    class Measured:
        def get_metric_data(self, **asked: Any) -> Any:
            self.asked = asked
            return measured

    client, now = Measured(), Missed(cloud).clock.now()

    found = ages(client, {"archive": "https://sqs/1/archive-q", "contacts": "contacts-q"}, now)

    assert {lane: age.total_seconds() for lane, age in found.items()} == {"contacts": 61.0}
    names = [
        one["MetricStat"]["Metric"]["Dimensions"][0]["Value"]
        for one in client.asked["MetricDataQueries"]
    ]
    assert names == ["archive-q", "contacts-q"]


def record(store: Missed) -> dict[str, str]:
    """Write the message about a store, under its name."""
    return {"messageId": store.name, "body": json.dumps({"store": store.name})}


def desks(*stores: Missed) -> Callable[[str, Callable[[], bool]], Desk]:
    """Open stores by name; of several, Shopify does not answer for the first."""

    def refuses() -> Any:
        raise AdminUnavailable("503")

    def desk(name: str, is_late: Callable[[], bool]) -> Desk:
        (found,) = [store for store in stores if store.name == name]
        broken = len(stores) > 1 and found is stores[0]
        return found.desk(is_late=is_late, **({"gateway": refuses} if broken else {}))

    return desk
