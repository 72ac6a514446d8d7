"""Faults 40 to 49 and 52: whatever Netcore or Shopify does, each activity ends once."""

import httpx
import pytest

from shopbridge.commands import Identity, RecordActivity
from shopbridge.errors import AdminRejected, AdminUnavailable
from shopbridge.message import Head, write
from tests.integration.pipeline.arrived import ambiguous, outcomes, publish, reasons, sends
from tests.integration.pipeline.system import KEY, System
from tests.integration.pipeline.watched import Steps

UPLOAD = {"path": "/v1/activity/upload"}


def waits(system: System) -> list[float]:
    """Return for how many seconds each message in the queue is hidden."""
    return [message.visible_at - system.clock.seconds() for message in system.lane.messages]


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_half_an_hour_of_errors_is_waited_out(system: System, status: int) -> None:
    """Row 40: everything arrives in the end, in as many calls as the waits allow."""
    publish(system, 1001, 1002)
    system.fault(do="status", status=status, match=UPLOAD, for_seconds=1800)

    system.lane.settle(system.worker())

    assert sends(system) == {"5001001": 1, "5001002": 1}
    assert outcomes(system, 1001, 1002) == ["delivered", "delivered"]
    assert len(system.lane.answers) < 30
    assert ambiguous(system, 1001, 1002) == (2 if status in (502, 504) else 0)


def test_waits_as_long_as_netcore_asks(system: System) -> None:
    """Row 41: Retry-After decides when the message comes back."""
    publish(system, 1001)
    system.fault(do="throttle", retry_after="70", match=UPLOAD)

    system.lane.run(system.worker())

    assert waits(system) == [70.0]
    system.lane.settle(system.worker())
    assert (sends(system), ambiguous(system, 1001)) == ({"5001001": 1}, 0)


@pytest.mark.parametrize("header", [None, "Wed, 25 Nov 2026 07:28:00 GMT", "nan", "-5"])
def test_without_a_number_of_seconds_our_own_backoff_decides(
    system: System, header: str | None
) -> None:
    """Row 41: the first wait is between one and five seconds."""
    publish(system, 1001)
    system.fault(do="throttle", retry_after=header, match=UPLOAD)

    system.lane.run(system.worker())

    (wait,) = waits(system)
    assert 1 <= wait <= 5


def test_throttling_slows_one_store_only(system: System) -> None:
    """Row 41: the rate of the store that was throttled is halved, another's is not."""
    publish(system, 1001)
    system.fault(do="throttle", match=UPLOAD)
    quiet = System(system.cloud)

    system.lane.run(system.worker())

    table = system.cloud.table("stores")
    bucket = table.get_item(Key={"store": f"{system.name}#bucket#activity"})["Item"]
    assert (bucket["rate"], bucket["tokens"]) == (2.5, 0)
    assert "Item" not in table.get_item(Key={"store": f"{quiet.name}#bucket#activity"})


@pytest.mark.parametrize(
    ("fault", "accepted"),
    [
        ({"do": "reset_after_apply"}, 2),
        ({"do": "reset_before"}, 1),
        ({"do": "truncate"}, 2),
        ({"do": "html"}, 1),
        ({"do": "huge"}, 1),
        ({"do": "gzip_bomb"}, 1),
    ],
    ids=lambda value: value["do"] if isinstance(value, dict) else "",
)
def test_answer_that_says_nothing_leads_to_one_counted_resend(
    system: System, fault: dict[str, str], accepted: int
) -> None:
    """Rows 42, 43, 47: it may have been applied, so the second send is counted."""
    publish(system, 1001)
    system.fault(**fault, match=UPLOAD)

    system.lane.settle(system.worker())

    assert sends(system) == {"5001001": accepted}
    assert (outcomes(system, 1001), ambiguous(system, 1001)) == (["delivered"], 1)


def test_doubt_survives_a_refusal(system: System) -> None:
    """Rows 41, 42: a 429 between two sends does not make the second look like the first."""
    publish(system, 1001)
    system.fault(do="reset_after_apply", match=UPLOAD)
    system.lane.run(system.worker())
    system.clock.sleep(60)
    system.fault(do="throttle", match=UPLOAD)
    system.lane.run(system.worker())

    system.lane.settle(system.worker())

    assert (sends(system), ambiguous(system, 1001)) == ({"5001001": 2}, 1)


def test_redirect_is_not_followed(system: System) -> None:
    """Row 47: it is put off; only Netcore itself is ever asked."""
    publish(system, 1001)
    system.fault(do="redirect", match=UPLOAD)

    system.lane.run(system.worker())

    assert len(system.lane.messages) == 1
    assert sends(system) == {}
    system.lane.settle(system.worker())
    assert ambiguous(system, 1001) == 0


@pytest.mark.parametrize("bad", [0, 4, 9], ids=["first", "middle", "last"])
def test_one_bad_item_is_parked_and_the_others_delivered(system: System, bad: int) -> None:
    """Row 45: halving the batch finds it; it is kept, and its row says why."""
    orders = range(1001, 1011)
    publish(system, *orders)
    named = f'"ordername": "#{orders[bad]}"'
    system.fault(do="status", status=400, match={**UPLOAD, "contains": named, "times": None})

    system.lane.settle(system.worker())

    assert sorted(sends(system).values()) == [1] * 9
    assert outcomes(system, *orders).count("delivered") == 9
    assert outcomes(system, orders[bad]) == ["parked"]
    assert reasons(system, orders[bad]) == ["Netcore answered 400: refused"]


def test_error_under_200_is_a_refusal(system: System) -> None:
    """Row 44: the items of a call whose answer names an error are told apart like a 400's."""
    publish(system, 1001, 1002)
    system.fault(
        do="error_200", match={**UPLOAD, "contains": '"ordername": "#1002"', "times": None}
    )

    system.lane.settle(system.worker())

    assert sends(system) == {"5001001": 1}
    assert outcomes(system, 1001, 1002) == ["delivered", "parked"]


def test_wrong_key_opens_the_circuit_and_the_right_one_lets_work_go_on(system: System) -> None:
    """Row 46: work is parked at its first receive, nothing more is sent; resumed, it arrives."""
    system.keys[system.name] = "cnry-wrong"
    publish(system, 1001, 1002, 1003)
    system.lane.run(system.worker(), batch=1)
    steps = Steps()
    system.lane.run(system.worker(steps), batch=10)

    assert system.lane.messages == []
    assert "netcore.upload_activities" not in steps.made
    assert outcomes(system, 1001, 1002, 1003) == ["parked"] * 3
    assert set(reasons(system, 1001, 1002, 1003)) == {"netcore key refused"}
    assert system.store().circuit == "netcore key refused"

    system.keys[system.name] = KEY
    system.repository().save_netcore_key(system.store(), b"sealed")
    system.lane.put(text.decode() for text in system.cloud.kept(f"parked/{system.name}").values())
    system.lane.settle(system.worker())
    assert outcomes(system, 1001, 1002, 1003) == ["delivered"] * 3
    assert sends(system) == {"5001001": 1, "5001002": 1, "5001003": 1}


def test_key_that_was_mended_meanwhile_is_not_locked_out(system: System) -> None:
    """Row 46: a refusal of the old key does not open the circuit of the new one."""
    system.keys[system.name] = "cnry-wrong"
    publish(system, 1001)

    class Mending(Steps):
        def call(self, name: str, method: object, args: object, kwargs: object) -> object:
            if name == "netcore.upload_activities":
                system.repository().save_netcore_key(system.store(), b"sealed")
            return super().call(name, method, args, kwargs)

    system.lane.run(system.worker(Mending()))

    assert system.store().circuit is None


def test_without_a_key_nothing_is_claimed(system: System) -> None:
    """A store that never saved a key has its work parked; later it is no resend."""
    del system.keys[system.name]
    publish(system, 1001)

    system.lane.run(system.worker())

    assert reasons(system, 1001) == ["netcore key refused"]
    assert system.store().circuit == "netcore key refused"
    assert [
        item
        for item in system.cloud.table("receipts").scan()["Items"]
        if str(item["store_shard"]).startswith(f"{system.name}#")
    ] == []


@pytest.mark.parametrize("error", [httpx.ConnectError("certificate"), httpx.ConnectTimeout("")])
def test_no_connection_is_waited_out(system: System, error: Exception) -> None:
    """Row 49: DNS and TLS failures are tried again, and certainly nothing was sent."""
    publish(system, 1001)
    good = system.http

    def refuse(request: httpx.Request) -> httpx.Response:
        raise error

    system.http = httpx.Client(transport=httpx.MockTransport(refuse))
    system.lane.run(system.worker())
    system.http = good

    system.lane.settle(system.worker())

    assert (sends(system), ambiguous(system, 1001)) == ({"5001001": 1}, 0)


def edit(system: System, number: int) -> str:
    """Write the message of an edit, whose body does not say who bought."""
    command = RecordActivity(
        name="Order Updates",
        resource=f"order#{number}",
        identity=Identity(order_id=str(number)),
        params={"orderid": str(number)},
        occurred_at=system.clock.now(),
        version="1",
    )
    head = Head(
        store=system.name,
        topic="orders/edited",
        event_id=f"e-{number}",
        digest="0" * 16,
        triggered_at=system.clock.now(),
        received_at=system.clock.now(),
        commands=(command,),
        numbers=(0,),
    )
    return write(head, b"{}")


def test_shopify_is_asked_whose_an_order_is(system: System) -> None:
    """An activity that names only its order is sent to the order's buyer, if there is one."""
    system.buyers = {"1": Identity(customer_id="7001"), "2": None}
    system.lane.put([edit(system, 1), edit(system, 2)])

    system.lane.settle(system.worker())

    assert [activity["identity"] for activity in system.activities()] == ["7001"]
    assert outcomes(system, 1, 2) == ["delivered", "unidentified"]


def test_throttling_by_shopify_holds_up_only_what_needs_shopify(system: System) -> None:
    """Row 52: the edit waits as long as Shopify says, the purchase beside it is sent."""
    system.buyers = {"1": Identity(customer_id="7001")}
    publish(system, 1001)
    system.lane.put([edit(system, 1)])
    throttled = AdminUnavailable("throttled", retry_after=7)

    system.lane.run(system.worker(Steps(at=1, of="shopify.buyers", error=throttled)))

    assert waits(system) == [7.0]
    assert sends(system) == {"5001001": 1}
    system.lane.settle(system.worker())
    assert outcomes(system, 1001, 1) == ["delivered", "delivered"]


def test_refusal_by_shopify_parks_only_what_needs_shopify(system: System) -> None:
    """A lost scope parks the edit with its reason; the purchase beside it is sent."""
    publish(system, 1001)
    system.lane.put([edit(system, 1)])
    denied = AdminRejected("Shopify denies access to nodes.customer")

    system.lane.run(system.worker(Steps(at=1, of="shopify.buyers", error=denied)))

    assert outcomes(system, 1001, 1) == ["delivered", "parked"]
    assert reasons(system, 1) == ["Shopify denies access to nodes.customer"]


def test_stores_share_nothing(system: System) -> None:
    """Invariant 8: two stores with the same order and customer are two activities."""
    publish(system, 1001)
    other = System(system.cloud)
    publish(other, 1001)
    system.lane.put(lying.body for lying in other.lane.messages)
    system.keys[other.name] = KEY

    system.lane.settle(system.worker())

    assert sends(system) == {"5001001": 2}
    assert outcomes(system, 1001) == outcomes(other, 1001) == ["delivered"]
