"""Token buckets that all workers share."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from moto import mock_aws

from shopbridge.netcore.bucket import PATIENCE_SECONDS, Bucket
from shopbridge.work import Lane
from tests.integration.aws.wire import ENVIRON

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class World:
    """A table, and a clock that moves when somebody sleeps."""

    def __init__(self, table: Any) -> None:
        self.table = table
        self.now = NOON
        self.slept = 0.0

    def bucket(
        self, store: str = "a.myshopify.com", ahead: float = 0, lane: Lane = "live"
    ) -> Bucket:
        """Return a worker's view of a store's buckets, whose clock runs so far ahead."""
        return Bucket(
            self.table,
            store,
            now=lambda: self.now + timedelta(seconds=ahead),
            sleep=self.sleep,
            lane=lane,
        )

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept += seconds
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def world() -> Iterator[World]:
    """An empty table."""
    with mock_aws():
        dynamodb = boto3.resource(
            "dynamodb",
            region_name=ENVIRON["AWS_REGION"],
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )
        yield World(
            dynamodb.create_table(
                TableName="stores",
                KeySchema=[{"AttributeName": "store", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "store", "AttributeType": "S"}],
                BillingMode="PAY_PER_REQUEST",
            )
        )


def test_burst_then_the_rate(world: World) -> None:
    """Ten activity calls at once, then five a second, shared by two workers."""
    one, other = world.bucket(), world.bucket()

    burst = [one.take("activity") for _ in range(10)]
    slept_first = world.slept
    then = [worker.take("activity") for worker in (one, other) * 5]

    assert (burst, slept_first) == ([0] * 10, 0)
    assert then == [0] * 10
    assert world.slept == pytest.approx(2.0)


def test_workers_queue_up_for_their_calls(world: World) -> None:
    """Who comes while others wait waits longer, and is turned away where it is too long."""
    waits: list[float] = []
    bucket = Bucket(world.table, "a.myshopify.com", now=lambda: NOON, sleep=waits.append)

    told = [bucket.take("blacklist") for _ in range(11)]

    assert waits == pytest.approx([0.5, 1.0, 1.5, 2.0, 2.5, 3.0])
    assert told == [0] * 10 + [3.5]


def test_apis_and_stores_do_not_share(world: World) -> None:
    """A busy store or API leaves the others' tokens alone."""
    for _ in range(10):
        world.bucket().take("activity")

    others = [world.bucket().take("batch"), world.bucket("b.myshopify.com").take("activity")]

    assert (others, world.slept) == ([0, 0], 0)


def test_throttling_halves_the_rate_again_and_again(world: World) -> None:
    """After each 429 calls come half as often, until a worker will not wait for one."""
    bucket = world.bucket()
    waits = []
    for _ in range(6):
        bucket.slow_down("activity")
        before = world.slept
        told = bucket.take("activity")
        waits.append(round(world.slept - before, 1) or round(told, 1))

    assert waits[:3] == [0.4, 0.8, 1.6]
    assert max(waits) > PATIENCE_SECONDS
    assert bucket.take("activity") > PATIENCE_SECONDS


def test_rate_recovers(world: World) -> None:
    """Ten minutes without a 429 bring the full rate back."""
    bucket = world.bucket()
    for _ in range(5):
        bucket.slow_down("activity")

    world.sleep(600)
    world.slept = 0
    for _ in range(15):
        bucket.take("activity")

    assert world.slept == pytest.approx(1.0, abs=0.05)


def test_clock_that_runs_ahead_makes_no_tokens(world: World) -> None:
    """Two workers whose clocks differ by a minute get no more than their share."""
    ahead, behind = world.bucket(ahead=60), world.bucket()

    for _ in range(10):
        ahead.take("activity")
        behind.take("activity")

    assert world.slept >= 2.0 - 0.05


def test_history_leaves_half_a_burst(world: World) -> None:
    """It takes all that is above five tokens; what comes live then finds five at once."""
    history, live = world.bucket(lane="history"), world.bucket()

    taken = [history.take("activity") for _ in range(15)]
    slept = world.slept
    at_once = [live.take("activity") for _ in range(5)]

    assert (taken, at_once) == ([0] * 15, [0] * 5)
    assert 2.0 <= slept <= 2.6  # ten more at five a second; it never looks sooner than it need
    assert world.slept == slept


def test_history_waits_while_live_work_takes_everything(world: World) -> None:
    """Where live work takes each token that grows, history takes none; its message goes back."""
    live = world.bucket()

    def sleep(seconds: float) -> None:
        world.sleep(seconds)
        for _ in range(4):
            live.take("blacklist")

    history = Bucket(
        world.table, "a.myshopify.com", now=lambda: world.now, sleep=sleep, lane="history"
    )
    sleep(0)

    told = history.take("blacklist")

    assert told > 0
