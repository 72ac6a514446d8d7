"""What happened in the day before a run: told a day later, so that no journey starts from it."""

from datetime import timedelta
from typing import Any

from shopbridge.historic_sync.finishing import LOOK_SECONDS
from shopbridge.historic_sync.progress import progress
from tests.integration.historic_sync.bought import DAY, Bought, plain, stamp
from tests.integration.historic_sync.conftest import Buys


def test_youngest_orders_are_sent_a_day_later(bought: Buys) -> None:
    """What was bought two hours before the run would start journeys: it is the run's tail."""
    history = bought()
    old, young = history.order(DAY * 3), history.order(timedelta(hours=2))
    run = history.start()
    began = history.clock.now()

    waiting = until_it_waits(history, run)
    at_first = history.told()
    history.follow(run, at="finish")

    assert (waiting.state, waiting.tail_at) == ("pending tail", began + DAY)
    assert at_first == [("Product Purchase", plain(old))]
    assert history.told() == [*at_first, ("Product Purchase", plain(young))]
    assert history.latest().state == "COMPLETE"
    assert history.clock.now() >= began + DAY


def test_young_event_of_an_old_order_is_sent_a_day_later(bought: Buys) -> None:
    """Bought last month and cancelled two hours before the run: only the cancellation waits."""
    history = bought()
    order = history.order(DAY * 30)
    at = stamp(history.clock.now() - timedelta(hours=2))
    history.write(order, cancelledAt=at, cancelReason="CUSTOMER", updatedAt=at)
    run = history.start()

    until_it_waits(history, run)
    at_first = history.told()
    history.follow(run, at="finish")

    later = [("Order Cancelled", plain(order)), ("Order Updates", plain(order))]
    assert at_first == [("Product Purchase", plain(order))]
    assert sorted(history.told()[1:]) == later
    assert history.latest().state == "COMPLETE"


def test_what_happens_after_the_start_is_left_to_webhooks(bought: Buys) -> None:
    """An old order is cancelled while the run waits for its tail: history says nothing of it."""
    history = bought()
    order = history.order(DAY * 30)
    run = history.start()
    until_it_waits(history, run)
    history.clock.sleep(3600)
    at = stamp(history.clock.now())
    history.write(order, cancelledAt=at, cancelReason="CUSTOMER", updatedAt=at)

    history.follow(run, at="finish")

    assert history.told() == [("Product Purchase", plain(order))]
    assert history.latest().state == "COMPLETE"


def until_it_waits(history: Bought, run: Any) -> Any:
    """Do all that can be done at once; return how far the orders are then."""
    history.follow(
        run, until=lambda told: told["next"] == "wait" and told["seconds"] == LOOK_SECONDS
    )
    slices = history.slices()
    (orders,) = [
        one
        for one in progress(history.latest(), slices, history.clock.now())
        if one.stream == "orders"
    ]
    return orders


def test_tail_with_nothing_in_it_is_not_waited_for(bought: Buys) -> None:
    """Nobody bought anything yesterday: the run ends when the rest is sent."""
    history = bought()
    order = history.order(DAY * 3)

    run = history.run()

    assert run.ended_at
    assert (run.state, run.ended_at - run.started_at < timedelta(hours=1)) == ("COMPLETE", True)
    assert history.told() == [("Product Purchase", plain(order))]


def test_tail_is_held_with_its_run(bought: Buys) -> None:
    """Paused for two days while it waits, the tail is sent once the run goes on."""
    history = bought()
    order = history.order(timedelta(hours=2))
    run = history.start()
    until_it_waits(history, run)
    history.control().pause()
    history.clock.sleep(2 * DAY.total_seconds())
    at_first = history.told()

    resumed = history.control().resume()
    history.follow(resumed)

    assert at_first == []
    assert history.told() == [("Product Purchase", plain(order))]
    assert history.latest().state == "COMPLETE"
