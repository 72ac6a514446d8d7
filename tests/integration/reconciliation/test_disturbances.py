"""Reconciling while somebody else does, while it dies, and by a wrong clock."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shopbridge.historic_sync.lane import Lanes
from shopbridge.reconciliation.order import Order
from shopbridge.reconciliation.reconciling import reconcile
from tests.integration.pipeline.watched import Crash, Steps
from tests.integration.reconciliation.conftest import Opened
from tests.integration.reconciliation.missed import Missed, plain
from tests.integration.reconciliation.test_data import buy, of, register


def lost(store: Missed) -> tuple[str, ...]:
    """Let a registration and a purchase go unheard; return the customer's id."""
    found = plain([register(store, arrives=False)])
    buy(store, arrives=False)
    store.passes(hours=1)
    return found


def once(store: Missed) -> bool:
    """Whether nothing that happens once was told twice."""
    told = [
        (one["activity_name"], str(one["activity_params"].get("orderid")), one["identity"])
        for one in store.activities()
        if one["activity_name"] == "Product Purchase"
    ]
    sent = store.contacts_sent()
    return len(told) == 1 and len(sent) == len(set(sent))


def test_two_at_once_send_nothing_twice(opened: Opened) -> None:
    """The schedule's and an operator's find the same, and Netcore hears it once."""
    store = opened()
    store.works()
    (customer,) = lost(store)
    store.count()
    first, second = store.desk(), store.desk()

    reports = [reconcile(desk, Order()) for desk in (first, second)]
    store.works()

    assert [customer in of(one, "customers").missing for one in reports] == [True, True]
    assert once(store)
    assert of(store.reconcile(), "customers").missing == ()


@pytest.mark.parametrize("after", [False, True], ids=["before it", "after it"])
def test_one_that_dies_half_way_is_made_up_for(opened: Opened, after: bool) -> None:
    """It dies at its repairs: no mark has moved, and the next one mends all, once."""
    store = opened()
    store.works()
    (customer,) = lost(store)
    dying = Steps(1, Crash(), after, "sqs.send_message_batch")
    lanes = Lanes(dying.watch("sqs", store.cloud.sqs), store.cloud.queue_urls)
    with pytest.raises(Crash):
        store.reconcile(desk=replace(store.desk(), lanes=lanes))

    report = store.reconcile()

    assert customer in of(report, "customers").missing
    assert customer in store.contacts_sent()
    assert once(store)


@pytest.mark.parametrize("minutes", [-10, 10], ids=["behind", "ahead"])
def test_clock_that_is_wrong_loses_and_doubles_nothing(opened: Opened, minutes: int) -> None:
    """Windows overlap by more than clocks differ; what was mended is known."""
    store = opened()
    store.works()
    skew = timedelta(minutes=minutes)
    (before,) = lost(store)
    store.reconcile(desk=store.desk(now=lambda: store.clock.now() + skew))
    (between,) = plain([register(store, arrives=False)])
    store.passes(hours=1)

    store.reconcile()

    assert {before, between} <= set(store.contacts_sent())
    assert once(store)
