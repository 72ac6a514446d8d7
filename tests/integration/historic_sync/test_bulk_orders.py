"""Orders that come by bulk operations: with their lines, and as the same activities as by pages."""

from datetime import timedelta

from shopbridge.historic_sync.step import Sizes
from tests.integration.historic_sync.bought import DAY, Bought, plain, stamp
from tests.integration.historic_sync.conftest import Buys


def filled(bought: Buys) -> Bought:
    """Make a store with orders in several states, one of them too young to be sent at once."""
    history: Bought = bought()
    history.order(DAY * 40)
    cancelled = stamp(history.clock.now() - DAY * 20)
    history.order(DAY * 30, cancelledAt=cancelled, cancelReason="CUSTOMER", updatedAt=cancelled)
    for days in range(2, 9):
        history.order(DAY * days)
    history.order(timedelta(hours=2))
    return history


def test_orders_arrive_in_bulk(bought: Buys) -> None:
    """Each that was made before the last day by an operation, that day's by pages; all in all."""
    history = filled(bought)
    history.sizes = Sizes(in_slice=3, in_part=2)

    history.follow(history.start("bulk"))

    orders = [one for one in history.slices() if one.stream == "orders"]
    read = {one.reader: 0 for one in orders}
    for one in orders:
        read[one.reader] += one.read
    assert history.latest().state == "COMPLETE"
    assert read["bulk"] == 9
    sold = {order for name, order in history.told() if name == "Product Purchase"}
    assert len(sold) == 10
    assert {one.state for one in history.operations()} == {"done"}


def test_what_bulk_has_sent_pages_know(bought: Buys) -> None:
    """Lines, prices and times are the same: a run by pages finds nothing that is new."""
    history = filled(bought)
    history.follow(history.start("bulk"))
    told = history.told()
    history.clock.sleep(60)

    history.follow(history.start("pages"))

    assert {name for name, _ in told} == {"Product Purchase", "Order Cancelled", "Order Updates"}
    assert history.told() == told
    assert history.latest().state == "COMPLETE"


def test_lines_travel_with_their_order(bought: Buys) -> None:
    """An activity names everything that was bought, however the export has laid it out."""
    history: Bought = bought()
    order = history.order(DAY * 5)
    lines = history.shop.get(f"/_world/orders/{plain(order)}").json()["lineItems"]

    history.follow(history.start("bulk"))

    (activity,) = [
        one["activity_params"]
        for one in history.activities()
        if one["activity_params"]["orderid"] == plain(order)
    ]
    assert len(activity["items"]) == len(lines) > 0
