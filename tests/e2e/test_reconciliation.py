"""What live events of a store missed, on the running local system: found, mended, and then gone."""

from typing import Any

import pytest

from cli.report import settled
from shopbridge.shopify.subscriptions import create
from tests.e2e.command import shopbridge
from tests.e2e.conftest import NewStore
from tests.e2e.live_store import LiveStore
from tests.e2e.netcore import Netcore
from tests.e2e.waiting import until

pytestmark = pytest.mark.e2e

ABANDONED = "Cart Abandonment"


def test_lost_webhooks_are_found_and_mended(unknown: NewStore, netcore: Netcore) -> None:
    """Three customers register, the webhooks of one are lost: it is found, sent, and stays sent."""
    store = unknown("missed").open(customers=2)
    came = [registered(store, arrives=True) for _ in range(2)]
    lost = registered(store, arrives=False)
    until(lambda: netcore.known_of({*came}) == {*came}, "the contacts whose webhooks came")
    store.shop.pass_by("customers", lost)

    dry = reconcile(store, "--dry-run")
    found = reconcile(store)
    until(lambda: netcore.contacts(lost), "the contact whose webhooks were lost")
    again = reconcile(store)

    assert [told["streams"][0]["missing"] for told in (dry, found, again)] == [[lost], [lost], []]
    assert [told["streams"][0]["repaired"] for told in (dry, found, again)] == [0, 1, 0]
    assert len(netcore.contacts(lost)) == 1
    assert settled(store.deployment, "1h", store.name, wait=30).balances


def test_lost_checkout_is_told_once_when_its_hour_is_over(
    unknown: NewStore, netcore: Netcore
) -> None:
    """No webhook of it came: it is found, waited for, and told by the sweep; then found no more."""
    store = unknown("left-unseen").open(customers=2)
    buyer = store.happen("register")[0].resource
    lost = store.happen("start_checkout", customer=buyer)[0].resource
    store.shop.pass_by("checkouts", lost)

    dry = of_checkouts(reconcile(store, "--dry-run"))
    report = reconcile(store)
    found = of_checkouts(report)
    until(lambda: ends(store, f"{report['run']}.checkouts-001"), "the end of the repair")
    store.sweep(hours=2)
    until(lambda: ABANDONED in netcore.names(store.handle), "the abandoned checkout at Netcore")
    again = of_checkouts(reconcile(store))
    store.sweep(hours=3)
    store.idle()

    id_ = lost.rpartition("/")[2]
    assert [told["missing"] for told in (dry, found, again)] == [[id_], [id_], []]
    assert [told["repaired"] for told in (dry, found, again)] == [0, 1, 0]
    assert netcore.names(store.handle).count(ABANDONED) == 1
    assert settled(store.deployment, "1h", store.name, wait=30).balances


def ends(store: LiveStore, event: str) -> list[str]:
    """Say how the commands of an event have ended so far."""
    return [end.outcome for one in store.ledger(event) for end in one.ends]


def of_checkouts(told: dict[str, Any]) -> dict[str, Any]:
    """Return what a report says of checkouts."""
    (found,) = [one for one in told["streams"] if one["stream"] == "checkouts"]
    stream: dict[str, Any] = found
    return stream


def test_second_subscription_of_a_store_is_deleted(unknown: NewStore) -> None:
    """The app's own deliveries arrive, so one that the store has beside them goes."""
    store = unknown("twice").open(customers=0)
    store.ended(store.send("orders/create", store.order()), seconds=60)
    until(lambda: store.deployment.ledger.counters(store.name, "2000"), "the first count")
    subscribe(store, "orders/updated")

    told = reconcile(store)

    (one,) = [check for check in told["checks"] if check["what"].startswith("subscription")]
    assert (one["what"], one["mended"]) == (
        "subscription orders/updated",
        "the store's was deleted",
    )
    assert store.shop.see("webhook_subscriptions") == []


def reconcile(store: LiveStore, *more: str) -> dict[str, Any]:
    """Reconcile all that has happened so far."""
    done = shopbridge("reconcile", "--settled=0", f"--store={store.name}", "--json", *more)
    told: dict[str, Any] = done.json
    assert done.code == (1 if told["findings"] else 0)
    return told


def registered(store: LiveStore, *, arrives: bool) -> str:
    """Let somebody register; return the customer's id."""
    deliveries = store.happen("register")
    for one in deliveries if arrives else ():
        assert store.post(one.topic, one.webhook) == 200
    return deliveries[0].resource.rpartition("/")[2]


def subscribe(store: LiveStore, topic: str) -> None:
    """Subscribe for this store alone what the app subscribes for all."""
    uri = f"{store.deployment.parts['api_url']}/webhooks/{topic}"
    row = store.deployment.repository(store.name).get()
    assert row
    with store.deployment.gateway(row) as gateway:
        create(gateway, topic, uri, "once more")
