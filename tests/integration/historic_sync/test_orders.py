"""The orders of a store's past: which activities they become, when, and that none comes twice."""

from collections import Counter
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from shopbridge import times
from shopbridge.commands import RecordActivity
from shopbridge.ledger.report import commands
from shopbridge.message import read_head
from tests.integration.historic_sync.bought import DAY, ORDERS, Bought, plain, stamp
from tests.integration.historic_sync.conftest import Buys
from tests.integration.pipeline.watched import Crash, Steps


def test_orders_arrive_with_the_time_they_were_made(bought: Buys) -> None:
    """Two purchases of the last weeks, each once, dated as they happened."""
    history = bought()
    orders = [history.order(DAY * 30), history.order(DAY * 40)]

    run = history.run()

    told = {one["activity_params"]["orderid"]: one["timestamp"] for one in history.activities()}
    assert (run.state, run.gaps) == ("COMPLETE", 0)
    assert told == {
        plain(orders[0]): "2026-10-24T12:00:00Z",
        plain(orders[1]): "2026-10-14T12:00:00Z",
    }


def test_orders_come_only_with_all_contacts(bought: Buys) -> None:
    """A store that chose orders alone, which its page does not allow, is sent none."""
    settings = ORDERS.model_copy(
        update={"historic_sync": ORDERS.historic_sync.model_copy(update={"contacts": False})}
    )
    history = bought(settings=settings)

    with pytest.raises(Exception, match="no stream is switched on"):
        history.start()


def test_history_says_of_an_order_what_its_webhooks_said(bought: Buys) -> None:
    """Parameters, buyer and time of all four events are those of the live webhooks."""
    history = bought()
    live: dict[str, RecordActivity] = {}
    made = [*purchase(history), *history.happen("edit", last(history))]
    fulfilled = last(history)
    made += history.happen("fulfil", fulfilled)
    live |= heard(history, made)
    cancelled = purchase(history)
    live_too = heard(history, [*cancelled, *history.happen("cancel", last(history))])

    found = told_by_history(history)

    for name in ("Order Fulfilled", "Order Updates"):
        assert found[plain(fulfilled)][name] == live[name]
    for name in ("Order Cancelled", "Order Updates"):
        assert found[plain(last(history))][name] == live_too[name]


def test_what_was_sent_live_is_not_sent_again(bought: Buys) -> None:
    """A purchase that its webhook brought is a duplicate in history."""
    history = bought()
    (created,) = [one for one in purchase(history) if one["topic"] == "orders/create"]
    history.live("orders/create", created["body"], "e-1")
    history.clock.sleep(timedelta(days=2).total_seconds())

    run = history.run()

    purchases = [one for one in history.told() if one[0] == "Product Purchase"]
    assert purchases == [("Product Purchase", plain(last(history)))]
    assert run.state == "COMPLETE"
    assert tally(history).ended["duplicate"] == 1


def test_orders_out_of_reach_are_said_to_be(bought: Buys) -> None:
    """Without `read_all_orders` Shopify shows 60 days; complete is what these hold."""
    history = bought()
    history.order(DAY * 70)
    near = history.order(DAY * 50)

    run = history.run()

    assert history.told() == [("Product Purchase", plain(near))]
    assert (run.state, run.reach) == ("COMPLETE", run.until - timedelta(days=60))


def test_with_the_scope_all_orders_are_read(bought: Buys) -> None:
    """The merchant grants `read_all_orders`: nothing is out of reach."""
    history = bought(everything=True)
    far = history.order(DAY * 70)

    run = history.run()

    assert ("Product Purchase", plain(far)) in history.told()
    assert (run.state, run.reach) == ("COMPLETE", None)


def test_event_that_was_off_at_the_time_is_not_made_up_for(bought: Buys) -> None:
    """Order Cancelled was never on: it becomes no command, and nothing is missing."""
    settings = ORDERS.model_copy(update={"events": {"Order Cancelled": False}})
    history = bought(settings=settings)
    at = stamp(history.clock.now() - DAY * 20)
    history.order(DAY * 30, cancelledAt=at, cancelReason="CUSTOMER")

    run = history.run()

    assert run.state == "COMPLETE"
    assert [name for name, _ in history.told()] == ["Product Purchase"]
    assert tally(history).made == 1


def test_long_order_is_read_to_its_last_line(bought: Buys) -> None:
    """300 lines come in three answers; the activity lists 250 of them and counts all."""
    history = bought()
    order = history.order(DAY * 30)
    line = history.shop.get(f"/_world/orders/{plain(order)}").json()["lineItems"][0]
    alike = {**line, "quantity": 1, "currentQuantity": 1, "product": None, "variant": None}
    lines = [{**alike, "id": f"gid://shopify/LineItem/{n}"} for n in range(1, 301)]
    history.write(order, lineItems=lines)

    history.run()

    (purchase_,) = history.activities()
    assert purchase_["activity_params"]["itemcount"] == 300
    assert len(purchase_["activity_params"]["items"]) == 250


def test_till_sale_without_buyer_is_complete(bought: Buys) -> None:
    """Nobody to attach it to is an outcome, not a gap."""
    history = bought()
    history.happen("sell_at_till")
    at = stamp(history.clock.now() - DAY * 3)
    history.write(last(history), createdAt=at, updatedAt=at)

    run = history.run()

    assert (run.state, history.told()) == ("COMPLETE", [])
    assert tally(history).ended == {"unidentified": 1}


def test_purchase_that_netcore_refuses_is_a_gap(bought: Buys) -> None:
    """The run names the order; the others are complete."""
    history = bought()
    refused, fine = history.order(DAY * 30), history.order(DAY * 31)
    match = {"path": "/v1/activity/upload", "contains": plain(refused), "times": None}
    history.fault(do="status", status=400, match=match)

    run = history.run()

    (gap,) = history.manifests.summed_up(run)
    assert (run.state, gap["stream"], gap["id"]) == (
        "COMPLETE_WITH_GAPS",
        "orders",
        plain(refused),
    )
    assert history.told() == [("Product Purchase", plain(fine))]


def test_order_that_cannot_be_read_is_a_gap_of_its_own(bought: Buys) -> None:
    """An amount that no money can be: one gap, and the run goes on."""
    history = bought()
    huge = {"amount": "1234567890123456.0", "currencyCode": "USD"}
    strange = history.order(DAY * 30, totalPriceSet={"shopMoney": huge, "presentmentMoney": huge})
    fine = history.order(DAY * 31)

    run = history.run()

    (gap,) = history.manifests.summed_up(run)
    assert run.state == "COMPLETE_WITH_GAPS"
    assert (gap["id"], gap["reason"]) == (plain(strange), "failed: not as Shopify describes it")
    assert history.told() == [("Product Purchase", plain(fine))]


def test_killed_run_makes_the_same_commands(bought: Buys) -> None:
    """Thirty orders of three commands each, the reading killed five times: none twice."""
    history = bought(size=7)
    for n in range(30):
        at = stamp(history.clock.now() - DAY * 20)
        history.order(DAY * 30 + timedelta(minutes=n), cancelledAt=at, updatedAt=at)
    points = [
        ("s3.put_object", 1, True),
        ("sqs.send_message_batch", 1, True),
        ("runs.put_item", 2, False),
        ("shopify.ask", 3, True),
        ("ledger.update_item", 2, False),
    ]
    kills = [Steps(), Steps(), Steps()]
    kills += [Steps(n, Crash(), after, of) for of, n, after in points]

    history.follow(history.start(), kills)

    assert history.latest().state == "COMPLETE"
    assert len(history.told()) == len(set(history.told())) == 90
    assert (tally(history).made, tally(history).waiting) == (90, 0)


def purchase(history: Bought) -> list[dict[str, Any]]:
    """Let a customer buy something now; return the webhooks."""
    gid = history.shop.get("/_world/customers").json()[0]["id"]
    history.happen("start_checkout", customer=gid)
    return history.happen("purchase", history.shop.get("/_world/checkouts").json()[-1]["id"])


def last(history: Bought) -> str:
    """Return the gid of the newest order."""
    return str(history.shop.get("/_world/orders").json()[-1]["id"])


def heard(history: Bought, deliveries: list[dict[str, Any]]) -> dict[str, RecordActivity]:
    """Let topic functions publish `deliveries`; return the last activity of each name."""
    found: dict[str, list[RecordActivity]] = {}
    for n, one in enumerate(deliveries):
        if one["topic"].startswith("orders/"):
            history.publish(one["topic"], one["body"], f"e-{n}-{one['topic']}")
    for text in history.cloud.take("activities", history.name):
        for command in read_head(text).commands:
            if isinstance(command, RecordActivity) and "change" not in command.params:
                found.setdefault(command.name, []).append(command)
    return {name: max(same, key=lambda one: str(one.occurred_at)) for name, same in found.items()}


def told_by_history(history: Bought) -> dict[str, dict[str, RecordActivity]]:
    """Read the orders two days later; return the activities of each by name."""
    history.clock.sleep(timedelta(days=2).total_seconds())
    history.work = lambda: None
    run = history.start()
    for task in ("plan", "plan", "plan", "read"):
        history.task(task, run)
    found: dict[str, dict[str, RecordActivity]] = {}
    for text in history.cloud.take("activities-history", history.name):
        for command in read_head(text).commands:
            assert isinstance(command, RecordActivity)
            at = times.utc(command.occurred_at or history.clock.now())
            dated = msgspec.structs.replace(command, occurred_at=at)
            found.setdefault(str(command.params["orderid"]), {})[command.name] = dated
    return found


def tally(history: Bought) -> Any:
    """Count what became of the activities of history."""
    total: Counter[str] = Counter()
    for place, counts in history.counts().items():
        if place.topic == "history/orders":
            total.update(counts)
    return commands(total)["RecordActivity"]
