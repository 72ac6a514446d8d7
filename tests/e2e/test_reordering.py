"""Deliveries come in any order; the end is the same."""

from collections.abc import Iterable
from itertools import permutations

import pytest

from local.store.planned import PlannedDelivery
from tests.e2e.conftest import NewStore
from tests.e2e.live_store import LiveStore
from tests.e2e.netcore import Netcore

pytestmark = pytest.mark.e2e


def test_an_orders_life_may_arrive_backwards(installed: NewStore, netcore: Netcore) -> None:
    """Created, noted, cancelled, refunded: each is told once, with the time at which it was."""
    store = installed("life")
    placed = store.happen("sell_at_till", email="cnry-till@example.com")
    order = next(one.resource for one in placed if one.topic == "orders/create")
    life = [*placed, *store.happen("note", order), *store.happen("cancel", order)]

    deliver(store, reversed(life))

    store.idle()
    told = sorted(
        (one["timestamp"], one["activity_name"], one["activity_params"].get("financial_status"))
        for one in netcore.activities(store.handle)
    )
    assert [what for _, *what in told] == [
        ["Order Updates", "paid"],
        ["Product Purchase", "paid"],
        ["Order Updates", "paid"],
        ["Order Cancelled", "refunded"],
        ["Order Refunded", None],
        ["Order Updates", "refunded"],
    ]


def test_no_order_of_consents_overrides_a_later_no(installed: NewStore, netcore: Netcore) -> None:
    """A yes, a no and a profile change, in all six orders: all six people stay unsubscribed."""
    store = installed("consent")
    people: dict[str, list[PlannedDelivery]] = {}
    for order in permutations(range(3)):
        [created] = store.happen("register", contact="email")
        yes, *_ = store.happen("newsletter_signup", created.resource)
        no, *_ = store.happen("unsubscribe_in_mail", created.resource)
        [profile] = store.happen("update_profile", created.resource)
        said = [yes, no, profile]
        people[created.resource.rpartition("/")[2]] = [said[place] for place in order]

    for said in people.values():
        deliver(store, said)

    store.idle()
    mark = store.handle.replace("-", "_").upper()
    last = {customer: netcore.contacts(customer)[-1] for customer in people}
    assert [one[f"SH_EMAIL_SUBSCRIPTION_{mark}"] for one in last.values()] == ["Unsubscribed"] * 6
    assert [netcore.blacklisted(customer) for customer in people] == [True] * 6


def deliver(store: LiveStore, deliveries: Iterable[PlannedDelivery]) -> None:
    """Deliver over HTTPS, one after the other."""
    assert {store.post(one.topic, one.webhook) for one in deliveries} == {200}
