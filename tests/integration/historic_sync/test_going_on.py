"""Runs that go on from another: what it missed, and what is older than what it read."""

from datetime import timedelta

import pytest

from shopbridge.historic_sync.control import NothingToDo
from shopbridge.historic_sync.run import Run
from tests.integration.historic_sync.bought import DAY, Bought, plain
from tests.integration.historic_sync.conftest import Buys, Opened
from tests.integration.historic_sync.history import History


def test_retry_sends_what_was_missed_and_nothing_else(opened: Opened) -> None:
    """Netcore refused one of ten: mended, only that one is read and sent."""
    history = opened(customers=10)
    refused = history.in_shopify()[0]
    fail(history, "/v3/contact/batchadd", refused)
    history.follow(history.start())
    history.panel.delete("/_faults")
    before = history.at_netcore()

    run = retried(history)

    (one,) = history.slices()
    assert (run.state, one.counted, one.read, one.ended) == ("COMPLETE", 1, 1, 1)
    assert history.at_netcore() == sorted([*before, refused])


def test_retry_that_fails_again_names_what_is_left(bought: Buys) -> None:
    """Two purchases were refused and one still is: one gap."""
    history = bought()
    orders = [plain(history.order(DAY * n)) for n in (30, 31, 32)]
    for refused in orders[:2]:
        fail(history, "/v1/activity/upload", refused)
    history.run()
    history.panel.delete("/_faults")
    fail(history, "/v1/activity/upload", orders[0])

    run = retried(history)

    assert [gap["id"] for gap in history.manifests.summed_up(run)] == [orders[0]]
    assert [order for _, order in history.told()] == [orders[2], orders[1]]


def test_gap_that_was_deleted_meanwhile_is_none(opened: Opened) -> None:
    """Whoever is no longer in Shopify is not missing."""
    history = opened(customers=9)
    bought = {each["id"] for each in history.shop.get("/_world/customers").json() if each["orders"]}
    (gone, *_) = [i for i in history.in_shopify() if f"gid://shopify/Customer/{i}" not in bought]
    fail(history, "/v3/contact/batchadd", gone)
    history.follow(history.start())
    event = {"event": "delete_customer", "target": f"gid://shopify/Customer/{gone}"}
    assert history.shop.post("/_world", json=event).status_code == 200

    run = retried(history)

    (one,) = history.slices()
    assert (run.state, one.counted, one.read) == ("COMPLETE", 0, 0)


def test_nothing_missed_is_nothing_to_retry(opened: Opened) -> None:
    """A complete run, or none at all, has nothing to be retried or extended."""
    history = opened(customers=3)

    with pytest.raises(NothingToDo, match="no historic sync yet"):
        history.control().retry(history.store())
    history.follow(history.start())
    with pytest.raises(NothingToDo, match="missed nothing"):
        history.control().retry(history.store())
    with pytest.raises(NothingToDo, match="nothing older"):
        history.control().extend(history.store())


def test_last_days_first_and_everything_later(bought: Buys) -> None:
    """A month first; extending reads what is older, and of the newer nothing again."""
    history = bought(everything=True)
    new, old = history.order(DAY * 20), history.order(DAY * 40)
    first = started(history, days=30)
    history.follow(first)
    at_first, floor = history.told(), history.latest().floor

    run = extended(history)

    assert at_first == [("Product Purchase", plain(new))]
    assert floor == {"customers": first.until - DAY * 30, "orders": first.until - DAY * 30}
    assert (run.state, run.floor) == ("COMPLETE", {})
    assert ("Product Purchase", plain(old)) in history.told()
    assert history.at_netcore() == history.in_shopify()
    assert {one.until for one in history.slices() if not one.is_listed} == set(floor.values())


def test_extending_stops_where_shopify_shows_no_more(bought: Buys) -> None:
    """Without `read_all_orders` what is older than 60 days cannot be asked for; granted, it is."""
    history = bought()
    far = history.order(DAY * 70)
    history.run()

    with pytest.raises(NothingToDo, match="nothing older"):
        history.control().extend(history.store())
    history.grant("read_all_orders")
    run = extended(history)

    assert (run.streams, run.state, run.floor) == (("orders",), "COMPLETE", {})
    assert ("Product Purchase", plain(far)) in history.told()


def test_cancelled_extension_can_be_asked_for_again(bought: Buys) -> None:
    """What an extension did not read is still left."""
    history = bought(everything=True)
    old = history.order(DAY * 40)
    history.follow(started(history, days=30))
    history.clock.sleep(60)
    cancelled = history.control().extend(history.store())
    for _ in cancelled.streams:
        history.task("plan", cancelled)
    history.control().cancel()

    run = extended(history)

    assert run.state == "COMPLETE"
    assert ("Product Purchase", plain(old)) in history.told()


def test_stream_chosen_while_the_tail_waits_begins_at_once(bought: Buys) -> None:
    """The waiting execution is left; a new one reads what was chosen."""
    history = bought()
    history.order(timedelta(hours=2))
    run = history.start()
    history.follow(run, until=lambda told: told["next"] == "wait" and told["seconds"] > 600)

    added = history.control().start(history.store(), (*run.streams, "products"))

    assert (added.part, history.launched[-1].execution) == (2, added.execution)
    assert history.task("finish", run)["next"] == "stop"
    assert history.task("plan", added)["next"] == "more"
    assert history.latest().planned == ("customers", "orders", "products")


def fail(history: History, path: str, contains: str) -> None:
    """Let Netcore refuse whatever contains a text, until it is mended."""
    match = {"path": path, "contains": contains, "times": None}
    history.fault(do="status", status=400, match=match)


def started(history: Bought, days: int) -> Run:
    """Start a run of the last days."""
    store = history.store()
    return history.control().start(store, ("customers", "orders"), days)


def retried(history: History) -> Run:
    """Retry the last run, and follow that to its end."""
    history.clock.sleep(60)
    history.follow(history.control().retry(history.store()))
    return history.latest()


def extended(history: History) -> Run:
    """Extend the last run, and follow that to its end."""
    history.clock.sleep(60)
    history.follow(history.control().extend(history.store()))
    return history.latest()
