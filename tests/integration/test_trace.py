"""A trace finds a delivery by whatever support was given, and shows every hop."""

from datetime import UTC, datetime
from typing import Any

import pytest

from shopbridge.ledger.trace import find, hops
from tests.integration.account import STORE, Account
from tests.unit.ledger.written import EVENT, command_row, delivery_row

CONTACT = {"kind": "RefreshContact", "label": "7001"}


def write(account: Account, *rows: dict[str, Any]) -> None:
    """Write rows and let the counters see them."""
    for row in rows:
        account.ledger.put_item(Item=row)
    account.count()


@pytest.mark.parametrize("name", [EVENT, "#1001", "1001", "450789469", "order#450789469"])
def test_found_by_event_name_and_id(account: Account, name: str) -> None:
    """The event id, the order's name with or without its sign, its id: all lead there."""
    write(account, delivery_row(), command_row(0))

    found = find(account.reader, STORE, name)

    assert [(one.topic, one.outcome) for one in found] == [("orders/create", "waiting")]


@pytest.mark.parametrize("resource", ["customer#7001", "product#632910392"])
def test_found_by_customer_and_product(account: Account, resource: str) -> None:
    """Deliveries about a customer or a product are found by its bare id, too."""
    write(account, delivery_row(resource=f"{STORE}#{resource}", title=""))

    by_kind = find(account.reader, STORE, resource)
    by_number = find(account.reader, STORE, resource.partition("#")[2])

    assert len(by_kind) == len(by_number) == 1


def test_order_with_its_own_prefix_is_found(account: Account) -> None:
    """Merchants name orders as they like."""
    write(account, delivery_row(title="BC-1001"))

    found = find(account.reader, STORE, "BC-1001")

    assert len(found) == 1


def test_another_store_is_not_searched(account: Account) -> None:
    """The same order name in another store is not found."""
    write(account, delivery_row())

    found = find(account.reader, "bean-co.myshopify.com", "#1001")

    assert found == []


def test_life_of_an_order_is_in_the_order_of_arrival(account: Account) -> None:
    """All deliveries about one order, the oldest first."""
    later = delivery_row(
        delivery=f"{STORE}#event-2",
        event_id="event-2",
        row="orders/updated#f",
        topic="orders/updated",
        received_at="2026-11-23T07:50:00.000000Z",
    )
    write(account, later, delivery_row())

    found = find(account.reader, STORE, "#1001")

    assert [one.topic for one in found] == ["orders/create", "orders/updated"]


def test_time_line_names_every_hop(account: Account) -> None:
    """From Shopify's trigger to what is still to come, with times and reasons."""
    parked = command_row(
        0,
        outcome="parked",
        reason="netcore key refused",
        attempts=3,
        at="2026-11-23T07:48:09.000000Z",
    )
    write(account, delivery_row(arrivals=2), parked)

    (history,) = find(account.reader, STORE, EVENT)
    line = [
        (hop.at and f"{hop.at:%H:%M:%S.%f}"[:-3], hop.place, hop.what, hop.detail)
        for hop in hops(history)
    ]

    assert line == [
        ("07:48:00.000", "Shopify", "triggered", "orders/create"),
        ("07:48:01.000", "webhook", "received", "over https, 11000 bytes, 2 times"),
        ("07:48:01.100", "webhook", "published", "2 commands"),
        (
            "07:48:09.000",
            "RecordActivity Product Purchase",
            "parked",
            "netcore key refused, attempt 3",
        ),
        (None, "RefreshContact 7001", "waiting", ""),
    ]


def test_parked_delivery_says_when_and_why(account: Account) -> None:
    """A delivery that went no further ends its line there."""
    write(
        account,
        delivery_row(
            state="parked",
            commands=[],
            reason="store unknown",
            open=STORE,
            open_at="parked#2026-11-23T07:48:01.200000Z",
        ),
    )

    (history,) = find(account.reader, STORE, EVENT)

    last = hops(history)[-1]
    assert (last.place, last.what, last.detail) == ("webhook", "parked", "store unknown")
    assert last.at == datetime(2026, 11, 23, 7, 48, 1, 200_000, tzinfo=UTC)


def test_a_timer_is_told_as_what_it_is(account: Account) -> None:
    """An abandonment was triggered by nobody, and came over no wire."""
    timer = {"via": "timer", "resource": f"{STORE}#checkout#t-1", "title": ""}
    write(account, delivery_row(**timer))

    [found] = find(account.reader, STORE, "checkout#t-1")

    places = [(hop.place, hop.what) for hop in hops(found)]
    assert places[:2] == [("timer", "due"), ("sweep", "dealt with")]


def test_an_event_of_the_website_is_no_webhook(account: Account) -> None:
    """Its time line begins at the website, and goes on with what took it in."""
    told = {"via": "storefront", "resource": f"{STORE}#checkout#t-1", "title": ""}
    write(account, delivery_row(**told))

    [found] = find(account.reader, STORE, "checkout#t-1")

    places = [(hop.place, hop.what) for hop in hops(found)]
    assert places[:2] == [("website", "triggered"), ("website tracking", "received")]
