"""Faults 1 to 13 and 28: whatever fails around a topic function, nothing is lost or doubled."""

import itertools
import json
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import msgspec
import pytest

from functions.webhooks.orders import cancelled, create, fulfilled, updated
from shopbridge.aws.errors import AwsBusy, AwsConnectionLost, AwsDenied, AwsUnavailable
from shopbridge.errors import SecretsUnavailable, Unavailable
from shopbridge.message import read_head
from shopbridge.shopify.secrets import ClientSecrets
from tests.bad_inputs import incompressible
from tests.integration.pipeline import sent
from tests.integration.pipeline.clock import NOON
from tests.integration.pipeline.system import SECRET, System
from tests.integration.pipeline.watched import Crash, Steps

STEPS = (
    "ssm.get",
    "dynamodb.update_item",
    "dynamodb.get_item",
    "sns.publish",
    "dynamodb.update_item",
)
"""The calls of a topic function on a first delivery, in their order."""
PARKING = ("ssm.get", "dynamodb.update_item", "dynamodb.get_item", "s3.put_object")
"""The same for a store that is unknown; then the row is marked."""


def status(function: Any, event: sent.Event) -> int:
    """Deliver over HTTPS; 502 is what the gateway answers for a process that died."""
    try:
        return int(function(event, None)["statusCode"])
    except Crash:
        return 502


def test_steps_are_as_listed(system: System) -> None:
    """A first delivery makes these five calls and no other."""
    steps = Steps()

    system.function(steps)(sent.https(system.name, sent.order()), None)

    assert tuple(steps.made) == STEPS


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", [Crash(), AwsUnavailable("down")], ids=["crash", "unavailable"])
@pytest.mark.parametrize("at", range(1, 6))
def test_failure_at_any_step_loses_nothing(
    system: System, at: int, error: BaseException, after: bool
) -> None:
    """Rows 1, 2, 4, 28: no 200 after a failure; Shopify's retries lead to one activity."""
    event = sent.https(system.name, sent.order())

    first = status(system.function(Steps(at=at, error=error, after=after)), event)
    at_once = status(system.function(), event)
    system.clock.sleep(11)
    later = status(system.function(), event)

    assert first == (502 if isinstance(error, Crash) else 503)
    assert at_once in (200, 503)
    assert later == 200
    system.pull()
    system.lane.settle(system.worker())
    assert [activity["identity"] for activity in system.activities()] == ["7001"]
    (delivery, command) = (row for _, row in sorted(system.rows("e-1").items()))
    assert (delivery["state"], command["outcome"]) == ("published", "delivered")
    assert "ambiguous" not in command


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", [Crash(), AwsUnavailable("down")], ids=["crash", "unavailable"])
@pytest.mark.parametrize("at", range(1, 6))
def test_failure_while_parking_loses_nothing(
    system: System, at: int, error: BaseException, after: bool
) -> None:
    """A delivery that has to be parked is parked in the end, with its content."""
    event = sent.https("nobody.myshopify.com", sent.order(), f"e-{system.name}")
    steps = Steps(at=at, error=error, after=after)

    first = status(system.function(steps), event)
    system.clock.sleep(11)
    later = status(system.function(), event)

    assert tuple(steps.made[:4]) == PARKING[: len(steps.made)]
    assert (first, later) == ((502 if isinstance(error, Crash) else 503), 200)
    system.name = "nobody.myshopify.com"
    (row,) = system.rows(event["headers"]["x-shopify-event-id"]).values()
    assert (row["state"], row["reason"]) == ("parked", "store unknown")
    assert row["kept"] in system.cloud.kept("parked/nobody")


@pytest.mark.parametrize(
    "error", [AwsBusy("throttled"), AwsDenied("no permission"), AwsConnectionLost("reset")]
)
def test_refusal_by_sns_is_reported(system: System, error: Exception) -> None:
    """Row 3: 503, and a metric that raises the alarm."""
    steps = Steps(at=1, of="sns.publish", error=error)

    answer = status(system.function(steps), sent.https(system.name, sent.order()))

    line = json.loads(system.lines[-1])
    assert answer == 503
    assert (line["message"], line["Unavailable"]) == ("unavailable", 1)


def test_large_body_is_not_announced_before_it_lies_there(system: System) -> None:
    """Row 5: where the claimed body cannot be put, nothing is published."""
    event = sent.https(system.name, sent.order(note=incompressible(300_000)))
    steps = Steps(at=1, of="s3.put_object", error=AwsUnavailable("down"))

    first = status(system.function(steps), event)
    published_first = system.cloud.take("archive", system.name)
    system.clock.sleep(11)
    later = status(system.function(), event)

    assert (first, published_first, later) == (503, [], 200)
    (text,) = system.cloud.take("archive", system.name)
    assert len(text) < 5_000
    assert len(system.cloud.kept(f"claim/{system.name}")) == 1


def test_secrets_may_be_unreadable_for_fifteen_minutes(system: System) -> None:
    """Row 7: a warm function serves on its last copy, then 503; never 401 to Shopify."""
    steps = Steps(at=2, of="ssm.get", error=AwsUnavailable("down"), times=1000)
    function = system.function(steps)
    event = sent.https(system.name, sent.order())

    answers = []
    for _ in range(4):
        answers.append(status(function, event))
        system.clock.sleep(301)

    assert answers == [200, 200, 200, 503]


@pytest.mark.parametrize("error", [SecretsUnavailable("none"), Unavailable("down")])
def test_cold_function_without_secrets_asks_to_come_again(system: System, error: Exception) -> None:
    """Row 7: nothing can be said of a signature, so it is no 401."""
    steps = Steps(at=1, of="ssm.get", error=error)

    assert status(system.function(steps), sent.https(system.name, sent.order())) == 503


def test_rotation_loses_nothing(system: System) -> None:
    """Row 8: old and new secret both count until the old one is taken away."""
    old, new = "shpss_cnry_old", "shpss_cnry_new"
    system.secrets = [old]
    function = system.function()

    def answer(secret: str, number: int) -> int:
        return status(
            function, sent.https(system.name, sent.order(number), f"e-{number}", secret=secret)
        )

    before = [answer(old, 1)]
    system.secrets = [new, old]
    too_soon = answer(new, 2)
    system.clock.sleep(31)
    during = [answer(new, 2), answer(old, 3)]
    system.secrets = [new]
    system.clock.sleep(301)
    after = [answer(new, 4), answer(old, 5)]

    assert (before, too_soon, during, after) == ([200], 401, [200, 200], [200, 401])


def test_hundred_arrivals_are_one_delivery(system: System) -> None:
    """Row 10: sixteen at once, then one after the other: one message, one row."""
    event = sent.https(system.name, sent.order())
    together = Barrier(16)
    answers: list[int] = []

    def deliver() -> None:
        function = system.function()
        together.wait()
        answers.append(status(function, event))

    threads = [Thread(target=deliver) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    function = system.function()
    answers += [status(function, event) for _ in range(84)]

    assert set(answers[:16]) <= {200, 503}
    assert 200 in answers[:16]
    assert set(answers[16:]) == {200}
    assert len(system.cloud.take("archive", system.name)) == 1
    (row,) = system.rows("e-1").values()
    assert row["state"] == "published"
    assert row["arrivals"] == answers.count(200)


def test_three_ways_lead_to_one_activity(system: System) -> None:
    """Rows 11, 13: HTTPS, bus and replays of one event are one activity at Netcore."""
    function, order = system.function(), sent.order()
    over_https = sent.https(system.name, order)

    function(over_https, None)
    function(sent.bus(system.name, order), None)
    told = [function(sent.replay(over_https, system.clock), None) for _ in range(2)]

    system.pull()
    system.lane.settle(system.worker())
    assert told == [{"outcome": "published"}] * 2
    assert len(system.activities()) == 1
    assert sorted(system.outcomes("e-1")) == ["delivered", "duplicate"]
    assert system.clock.now() < NOON + timedelta(seconds=5)


def test_failure_on_the_bus_is_raised(system: System) -> None:
    """Row 12: EventBridge hears of it, tries again, and the second time it works."""
    steps = Steps(at=1, of="sns.publish", error=AwsUnavailable("down"))
    event = sent.bus(system.name, sent.order())

    with pytest.raises(AwsUnavailable):
        system.function(steps)(event, None)
    system.clock.sleep(60)
    system.function()(event, None)

    assert len(system.cloud.take("activities", system.name)) == 1


def test_life_of_an_order_in_any_order(system: System) -> None:
    """Rows 16, 17: four topics of one order, whatever comes first, are four activities."""
    day = "2026-11-23T11:{}:00Z"
    body = sent.order(updated_at=day.format("40"), cancelled_at=day.format("40"))
    life = [create.handler, updated.handler, fulfilled.handler, cancelled.handler]
    orders = list(itertools.permutations(life))[::3]
    for number, shuffled in enumerate(orders):
        for handler in shuffled:
            event = sent.https(
                system.name,
                {**body, "id": number + 1},
                f"e-{number}-{handler.topic}",
                topic=handler.topic,
            )
            system.function(handler=handler)(event, None)

    system.pull()
    system.lane.settle(system.worker(), batch=100)

    names = ["Order Cancelled", "Order Fulfilled", "Order Updates", "Product Purchase"]
    for number in range(len(orders)):
        held = [
            activity["activity_name"]
            for activity in system.activities()
            if activity["activity_params"]["orderid"] == str(number + 1)
        ]
        assert sorted(held) == names


def test_late_delivery_keeps_its_time(system: System) -> None:
    """Row 18: what comes 26 hours late is recorded at the time it happened."""
    store = system.store()
    system.clock.sleep(26 * 3600)
    event = sent.https(system.name, sent.order())

    system.function()(event, None)

    system.pull()
    system.lane.settle(system.worker())
    assert store.installed_at.isoformat() == "2026-11-23T11:00:00+00:00"
    assert [activity["timestamp"] for activity in system.activities()] == ["2026-11-23T11:59:00Z"]


def test_each_store_is_a_group_of_its_own(system: System) -> None:
    """Row 26: the message carries its store, so that SQS serves all stores fairly."""
    system.function()(sent.https(system.name, sent.order()), None)

    messages = system.cloud.sqs.receive_message(
        QueueUrl=system.cloud.queue_urls["activities"],
        MaxNumberOfMessages=10,
        MessageSystemAttributeNames=["All"],
    )["Messages"]
    groups = {read_head(m["Body"]).store: m["Attributes"]["MessageGroupId"] for m in messages}
    assert groups[system.name] == system.name


def test_function_ends_in_time(system: System) -> None:
    """Row 1: after three and a half seconds no further call is made."""

    def slowly() -> list[str]:
        system.clock.sleep(3.6)
        return [SECRET]

    services = msgspec.structs.replace(
        system.ingest(), secrets=ClientSecrets(slowly, system.clock.seconds)
    )
    function = msgspec.structs.replace(create.handler, services=lambda: services)
    answer = status(function, sent.https(system.name, sent.order()))

    assert answer == 503
    assert json.loads(system.lines[-1])["message"] == "unavailable"
    assert system.rows("e-1") == {}
