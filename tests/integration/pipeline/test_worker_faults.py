"""Faults 14 to 33: whatever fails around the activities worker, nothing is lost or doubled."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError

from shopbridge import message
from shopbridge.errors import Rejected, StoreConflict
from shopbridge.message import write
from shopbridge.work import Ended
from tests.integration.pipeline.arrived import ambiguous, outcomes, publish, sends
from tests.integration.pipeline.system import System
from tests.integration.pipeline.watched import Crash, Steps

ORDERS = (1001, 1002)
STEPS = (
    "stores.get_item",
    *("receipts.update_item",) * 2,
    "bucket.get_item",
    "bucket.put_item",
    "netcore.upload_activities",
    "receipts.batch_write_item",
    *("ledger.update_item",) * 2,
)
"""The worker's calls for a batch of two orders: claims, pace, one send, receipts, rows."""


def aws_error(code: str, status: int = 500) -> ClientError:
    """Make what boto3 raises for an answer of AWS."""
    response: Any = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(response, "UpdateItem")


def test_steps_are_as_listed(system: System) -> None:
    """A batch of two orders makes these calls and no other."""
    publish(system, *ORDERS)
    steps = Steps()

    system.lane.run(system.worker(steps))

    assert tuple(steps.made) == STEPS
    assert sends(system) == {"5001001": 1, "5001002": 1}


def failures() -> Iterator[Any]:
    """Every step, before and after it, as a crash and, where it is AWS's, as its failure."""
    for at, name in enumerate(STEPS, start=1):
        for after in (False, True):
            moment = "after" if after else "before"
            yield pytest.param(at, Crash(), after, id=f"crash-{moment}-{at}-{name}")
            if name != "netcore.upload_activities":
                yield pytest.param(
                    at, aws_error("InternalServerError"), after, id=f"500-{moment}-{at}-{name}"
                )


@pytest.mark.parametrize(("at", "error", "after"), list(failures()))
def test_failure_at_any_step_loses_nothing(
    system: System, at: int, error: BaseException, after: bool
) -> None:
    """Rows 22, 23, 28 to 33: all are sent; what is sent twice is counted as such."""
    publish(system, *ORDERS)

    system.lane.run(system.worker(Steps(at=at, error=error, after=after)))
    system.lane.settle(system.worker())

    counts = sends(system)
    assert set(counts) == {"5001001", "5001002"}
    assert sum(counts.values()) - 2 <= ambiguous(system, *ORDERS)
    assert outcomes(system, *ORDERS) == ["delivered"] * 2
    assert system.lane.dead == []


def test_crash_after_the_send_is_the_only_way_to_a_second_one(system: System) -> None:
    """Row 22: of 30, 25 have receipts when the process dies; five are sent again, counted."""
    orders = range(2001, 2031)
    publish(system, *orders)

    steps = Steps(at=2, of="receipts.batch_write_item", error=Crash())
    system.lane.run(system.worker(steps), batch=30)
    system.lane.settle(system.worker())

    assert sorted(sends(system).values()) == [1] * 25 + [2] * 5
    assert ambiguous(system, *orders) == 5
    assert outcomes(system, *orders) == ["delivered"] * 30


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", [Crash(), aws_error("SlowDown", 503)], ids=["crash", "503"])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_failure_while_parking_loses_nothing(
    system: System, at: int, error: BaseException, after: bool
) -> None:
    """What is parked is kept before its message goes; its text can be sent again."""
    repository = system.repository()
    repository.set_status(system.store(), "paused")
    publish(system, 1001)

    system.lane.run(system.worker(Steps(at=at, error=error, after=after)))
    system.lane.settle(system.worker())

    row = system.rows("e-1001")[max(system.rows("e-1001"))]
    assert (row["outcome"], row["reason"]) == ("parked", "paused")
    text = system.cloud.kept(row["kept"])[row["kept"]].decode()
    repository.set_status(system.store(), "enabled")
    system.lane.put([text])
    system.lane.settle(system.worker())
    assert outcomes(system, 1001) == ["delivered"]
    assert sends(system) == {"5001001": 1}


def test_second_worker_does_not_send_what_the_first_is_sending(system: System) -> None:
    """Rows 14, 15: a message received twice at the same time is sent once."""
    publish(system, 1001)
    (lying,) = system.lane.messages
    copy = lying.body
    second: list[set[str]] = []

    class Meanwhile(Steps):
        def call(self, name: str, method: Any, args: Any, kwargs: Any) -> Any:
            if name == "netcore.upload_activities":
                system.lane.put([copy])
                second.append(system.lane.run(system.worker()))
            return super().call(name, method, args, kwargs)

    system.lane.run(system.worker(Meanwhile()))
    system.lane.settle(system.worker())

    assert second == [{"m2"}]
    assert sends(system) == {"5001001": 1}
    assert outcomes(system, 1001) == ["delivered"]


@pytest.mark.parametrize("position", [0, 4, 9], ids=["first", "middle", "last"])
def test_poison_is_parked_and_its_mates_delivered(system: System, position: int) -> None:
    """Row 19: one activity that cannot be written is parked at its fifth receive."""
    orders = range(3001, 3011)
    publish(system, *orders)
    poisoned = system.lane.messages[position]
    head = message.read_head(poisoned.body)
    poisoned.body = poisoned.body.replace(
        poisoned.body.partition(".")[0], poison(poisoned.body).partition(".")[0]
    )

    first = system.lane.run(system.worker())
    system.lane.settle(system.worker())

    assert first == {poisoned.id}
    assert poisoned.receives == 5
    assert sum(sends(system).values()) == 9
    rows = [row for row in system.rows(head.event_id).values() if "outcome" in row]
    assert [(row["outcome"], row["reason"]) for row in rows] == [
        ("parked", "unexpected ValueError")
    ]
    assert ambiguous(system, *orders) == 0


def poison(text: str) -> str:
    """Write a price into a message that is none."""
    read = message.read(text)
    command: Any = read.head.commands[0]
    changed = {**command.params, "total_price": "cnry-no-price"}
    broken = msgspec.structs.replace(command, params=changed)
    commands = (broken, *read.head.commands[1:])
    return write(msgspec.structs.replace(read.head, commands=commands), read.body)


def test_where_all_fail_all_stay(system: System) -> None:
    """Rows 20, 21: the answer names every message, nothing is raised, nothing is deleted."""
    publish(system, *range(4001, 4011))
    system.fault(do="status", status=503, match={"path": "/v1/*"})

    failed = system.lane.run(system.worker())

    assert failed == {f"m{number}" for number in range(1, 11)}
    assert len(system.lane.messages) == 10


@pytest.mark.parametrize(
    "error",
    [
        aws_error("ProvisionedThroughputExceededException", 400),
        aws_error("AccessDeniedException", 400),
        aws_error("InternalServerError"),
        ConnectTimeoutError(endpoint_url="https://dynamodb"),
    ],
    ids=["throttled", "denied", "failing", "silent"],
)
@pytest.mark.parametrize("of", ["stores.get_item", "receipts.update_item", "ledger.update_item"])
def test_aws_may_fail_for_long(system: System, of: str, error: Exception) -> None:
    """Row 33: twenty failures in a row park nothing and lose nothing."""
    publish(system, 1001)
    steps = Steps(at=1, of=of, error=error, times=20)

    system.lane.settle(system.worker(steps))

    assert steps.counted > 20
    assert outcomes(system, 1001) == ["delivered"]
    assert sends(system) == {"5001001": 1}
    assert system.lane.dead == []


def test_redriven_dead_letters_change_nothing(system: System) -> None:
    """Row 25: the same messages twice more, under new ids, are no second activity."""
    publish(system, *ORDERS)
    bodies = [lying.body for lying in system.lane.messages]
    system.lane.settle(system.worker())

    for _ in range(2):
        system.lane.put(bodies)
        system.lane.settle(system.worker())

    assert sends(system) == {"5001001": 1, "5001002": 1}
    assert outcomes(system, *ORDERS) == ["delivered"] * 2


def test_final_outcome_stands(system: System) -> None:
    """What was delivered is not parked by a copy that comes while the store is paused."""
    publish(system, 1001)
    bodies = [lying.body for lying in system.lane.messages]
    system.lane.settle(system.worker())
    system.repository().set_status(system.store(), "paused")

    system.lane.put(bodies)
    system.lane.settle(system.worker())

    assert outcomes(system, 1001) == ["delivered"]


@pytest.mark.parametrize(
    ("error", "parked"),
    [
        (aws_error("KMSInternalException"), False),
        (ConnectTimeoutError(endpoint_url="https://kms"), False),
        (StoreConflict("somebody else was first"), False),
        (KeyError("cnry"), True),
        (aws_error("ValidationException", 400), True),
        (Rejected("settings are missing"), True),
    ],
)
def test_only_what_does_not_pass_is_parked(system: System, error: Exception, parked: bool) -> None:
    """A worker that raises for ten receives: outages are waited out, mistakes are parked."""
    publish(system, 1001)
    fail = Steps(at=1, error=error, times=10).watch("delivery", _Delivery())

    system.lane.settle(replace(system.worker(), deliver=fail.deliver))

    assert outcomes(system, 1001) == (["parked"] if parked else ["unchanged"])


class _Delivery:
    """Carries out everything by doing nothing."""

    def deliver(self, store: object, items: list[object], services: object) -> list[Ended]:
        """Say that there was nothing to do."""
        del store, services
        return [Ended("unchanged")] * len(items)


def test_message_survives_many_tries(system: System) -> None:
    """Row 27: seventeen failed receives later the message is still the same, and delivered."""
    publish(system, 1001)
    system.fault(do="status", status=500, match={"path": "/v1/*", "times": 17})

    system.lane.settle(system.worker())

    assert [len(failed) for failed in system.lane.answers] == [1] * 17 + [0]
    assert sends(system) == {"5001001": 1}


def test_late_worker_leaves_further_stores_for_later(system: System) -> None:
    """A store for which no time is left is put off; its messages come back at once."""
    publish(system, 1001)
    first = system.name
    other = System(system.cloud)
    publish(other, 1002)
    system.lane.put(lying.body for lying in other.lane.messages)
    system.keys[other.name] = system.keys[first]
    system.fault(do="delay", seconds=9, match={"path": "/v1/*"})

    class Context:
        def get_remaining_time_in_millis(self) -> int:
            return 12_000

    failed = system.lane.run(system.worker(), context=Context())
    lane_wait = system.lane.messages[0].visible_at - system.clock.seconds()
    system.lane.settle(system.worker())

    assert (failed, lane_wait) == ({"m2"}, 1)
    assert sends(system) == {"5001001": 1, "5001002": 1}
    assert other.outcomes("e-1002") == ["delivered"]


def test_row_that_cannot_be_read_delays_no_other_store(system: System) -> None:
    """A store with broken settings waits; the others of the batch are delivered."""
    publish(system, 1001)
    broken = System(system.cloud)
    publish(broken, 1002)
    broken.cloud.table("stores").update_item(
        Key={"store": broken.name},
        UpdateExpression="SET settings = :s",
        ExpressionAttributeValues={":s": '{"cnry": 1}'},
    )
    system.lane.put(lying.body for lying in broken.lane.messages)

    failed = system.lane.run(system.worker())

    assert failed == {"m2"}
    assert sends(system) == {"5001001": 1}
