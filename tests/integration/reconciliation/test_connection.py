"""What has to be right before anything can arrive: found, mended where possible, else said."""

from datetime import timedelta
from typing import Any

import pytest

from local.store.planned import PlannedDelivery
from shopbridge.errors import AdminUnavailable
from shopbridge.reconciliation.subscriptions import STAND_IN
from shopbridge.shopify.gateway import Gateway
from shopbridge.shopify.subscriptions import create
from tests.integration.reconciliation.conftest import Opened
from tests.integration.reconciliation.missed import API, Missed

Check = dict[str, Any]


def checks(store: Missed, **order: Any) -> dict[str, Check]:
    """Reconcile; return what was looked at, by name."""
    return {one["what"]: one for one in store.reconcile(**order).checks}


def findings(store: Missed, **order: Any) -> list[tuple[str, str]]:
    """Reconcile; return what is not right, and what was done about it."""
    return [(what, one["mended"]) for what, one in checks(store, **order).items() if not one["ok"]]


def subscribed(store: Missed) -> list[tuple[str, str]]:
    """List topic and name of the store's own subscriptions."""
    found = store.shop.get("/_world/webhook_subscriptions", params={"shop": store.name}).json()
    return [(one["topic"], one["name"]) for one in found]


def arrives(store: Missed, times: int = 1) -> None:
    """Let a customer's change arrive, once for each subscription."""
    asked: Check = {"event": "register", "target": None, "how": {}}
    told = store.shop.post("/_world", params={"shop": store.name}, json=asked).json()
    for made in told["deliveries"]:
        for _ in range(times):
            store.receive(PlannedDelivery.from_json(made))


def test_everything_in_order_is_said(opened: Opened) -> None:
    """Nothing is found; each thing that was looked at is listed."""
    found = checks(opened())

    assert [(what, one["ok"]) for what, one in found.items()] == [
        ("token", True),
        ("scopes", True),
        ("API version 2026-10", True),
        ("queues", True),
        ("subscriptions", True),
    ]
    assert found["subscriptions"]["found"] == "5 topics, by the app alone"


def test_refused_token_is_a_finding_and_data_is_not_touched(opened: Opened) -> None:
    """Shopify answers 401: what to do is said, no mark moves, nothing is sent."""
    store = opened()
    store.lives("register", arrives=False)
    store.passes(hours=1)
    refused = Gateway(store.admin, store.name, "shpat_of_yesterday")

    report = store.reconcile(desk=store.desk(gateway=lambda: refused))

    token = report.checks[0]
    assert (token["what"], token["ok"]) == ("token", False)
    assert token["found"] == "Shopify answered 401"
    assert token["mend"] == "open the app in the store's Shopify admin"
    assert (report.held, report.streams) == ("Shopify does not take the token", ())
    assert store.contacts_sent() == []
    assert report.unmended == 1


def test_missing_scope_is_named(opened: Opened) -> None:
    """What Shopify grants is taken down, and what is lacking is a finding."""
    store = opened()
    desk = store.desk(needed="read_customers,read_discounts")

    report = store.reconcile(desk=desk)

    (scopes,) = [one for one in report.checks if one["what"] == "scopes"]
    assert (scopes["ok"], scopes["found"]) == (False, "read_discounts")
    assert "read_customers" in store.noted[0]


def test_late_queue_is_a_finding(opened: Opened) -> None:
    """A live lane may be a quarter of an hour late, a history lane a day."""
    store = opened()
    store.ages = {"activities": timedelta(minutes=16), "contacts-history": timedelta(hours=23)}

    assert findings(store) == [("queue activities", "")]


def test_second_subscription_is_deleted_where_the_apps_own_deliver(opened: Opened) -> None:
    """Topics without one of the store's arrive, so the app's are there: the store's goes."""
    store = opened()
    create(store.gateway, "orders/create", f"{API}/webhooks/orders/create", "once more")
    arrives(store)
    store.works()

    found = findings(store)

    assert found == [("subscription orders/create", "the store's was deleted")]
    assert subscribed(store) == []
    assert findings(store) == []


def test_only_subscription_is_kept(opened: Opened) -> None:
    """Nothing of the app's own has arrived: deleting the store's might end everything."""
    store = opened()
    create(store.gateway, "orders/create", f"{API}/webhooks/orders/create", "ours")

    found = checks(store)["subscription orders/create"]

    assert (found["ok"], found["mended"]) == (False, "")
    assert found["mend"] == "make toml && shopify app deploy"
    assert subscribed(store) == [("ORDERS_CREATE", "ours")]


def test_foreign_subscription_is_said_and_left(opened: Opened) -> None:
    """Somebody else listens: the host is named, not the path, which may hold a key."""
    store = opened()
    arrives(store)
    store.works()
    create(store.gateway, "orders/create", "https://other.example/hook/s3cret", "theirs")

    found = checks(store)["subscription orders/create"]

    assert found["found"] == "goes to https://other.example"
    assert subscribed(store) == [("ORDERS_CREATE", "theirs")]


def test_silent_topic_gets_a_stand_in(opened: Opened) -> None:
    """Three customers registered, and no `customers/create` came: this store subscribes itself."""
    store = opened()
    for _ in range(3):
        store.lives("register", arrives=False)
    store.passes(hours=1)

    dry = findings(store, dry_run=True)
    done = findings(store)
    again = findings(store)

    silent, stands = "subscription customers/create", "a subscription of this store stands in"
    assert dry == [(silent, "")]
    assert done == [(silent, stands)]
    assert again == [(silent, "")]
    assert subscribed(store) == [("CUSTOMERS_CREATE", STAND_IN)]


def test_stand_in_goes_when_everything_comes_twice(opened: Opened) -> None:
    """The app's own subscription delivers again: the stand-in has done its work."""
    store = opened()
    create(store.gateway, "customers/create", f"{API}/webhooks/customers/create", STAND_IN)
    store.passes(hours=2)
    for _ in range(3):
        arrives(store)
        store.passes(minutes=1)
    once = subscribed(store), findings(store)
    for _ in range(9):
        arrives(store, times=2)

    twice = findings(store)

    assert once == ([("CUSTOMERS_CREATE", STAND_IN)], [("subscription customers/create", "")])
    assert twice == [("subscription customers/create", "the store's was deleted")]
    assert subscribed(store) == []


@pytest.mark.parametrize("fault", [{"do": "status", "status": 503}, {"do": "throttle"}])
def test_shopify_that_does_not_answer_is_asked_again_later(
    opened: Opened, fault: dict[str, Any]
) -> None:
    """It is no finding: the message goes back to its queue."""
    store = opened()
    store.shop.post("/_faults", json={**fault, "match": {"times": None}})

    with pytest.raises(AdminUnavailable):
        store.reconcile()

    assert store.written() == {}
