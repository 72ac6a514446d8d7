"""The past of a store, on the running local system: chosen, read, sent, verified."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from cli.report import settled
from shopbridge.historic_sync.run import Run
from shopbridge.stores.settings import HistoricSync
from tests.e2e.command import shopbridge
from tests.e2e.conftest import NewStore
from tests.e2e.live_store import LiveStore
from tests.e2e.netcore import Netcore
from tests.e2e.waiting import until

pytestmark = pytest.mark.e2e

CUSTOMERS = 300


def test_history_of_a_store_arrives_whole(unknown: NewStore, netcore: Netcore) -> None:
    """300 customers: the run is complete, Netcore has each of them, the report balances."""
    store = unknown("history").open(customers=CUSTOMERS)

    shopbridge("settings", "set", "historic_sync.contacts=true", f"--store={store.name}")
    run = over(store)

    told = shopbridge("sync", "status", f"--store={store.name}", "--json").json
    (customers,) = [one for one in told["streams"] if one["stream"] == "customers"]
    assert (run.state, told["gaps"]) == ("COMPLETE", 0)
    assert (customers["total"], customers["read"], customers["done"]) == (CUSTOMERS,) * 3
    assert in_shopify(store) == netcore.known_of(in_shopify(store))
    assert settled(store.deployment, "1h", store.name, wait=30).balances


def test_orders_of_a_store_arrive_once(unknown: NewStore, netcore: Netcore) -> None:
    """What Shopify shows of 60 days: each order bought, shipped, and in its present state."""
    store = unknown("orders").open(customers=40)
    since = (datetime.now(UTC) - timedelta(days=60)).isoformat()

    chosen = ("historic_sync.contacts=true", "historic_sync.orders=true")
    shopbridge("settings", "set", *chosen, f"--store={store.name}")
    run = over(store)
    estimate = shopbridge("sync", "start", "--dry-run", f"--store={store.name}", "--json").json

    told = Counter(
        (one["activity_name"], str(one["activity_params"]["orderid"]))
        for one in netcore.activities(store.handle)
    )
    orders = {plain(one["id"]) for one in store.shop.see("orders") if one["createdAt"] >= since}
    names = ("Product Purchase", "Order Fulfilled", "Order Updates")
    assert (run.state, run.gaps) == ("COMPLETE", 0)
    assert told == {(name, order): 1 for name in names for order in orders}
    assert len(orders) > 3
    counted = {one["stream"]: one["objects"] for one in estimate["streams"]}
    assert (counted["customers"], counted["orders"]) == (40, len(orders))
    assert settled(store.deployment, "1h", store.name, wait=30).balances


def test_history_is_read_in_bulk(unknown: NewStore, netcore: Netcore) -> None:
    """Exported, told of by webhooks, fetched and read: complete, and S3 keeps nothing of it."""
    store = unknown("bulk").open(customers=CUSTOMERS)
    choose(store)

    shopbridge("sync", "start", "--reader=bulk", f"--store={store.name}")
    ends: list[str] = []
    run = over(store, lambda: ends.extend(forwarded(store)))

    told = shopbridge("sync", "status", f"--store={store.name}", "--json").json
    (customers,) = [one for one in told["streams"] if one["stream"] == "customers"]
    assert (run.state, run.reader, told["gaps"]) == ("COMPLETE", "bulk", 0)
    assert (customers["total"], customers["read"], customers["done"]) == (CUSTOMERS,) * 3
    assert in_shopify(store) == netcore.known_of(in_shopify(store))
    assert kept(store) == []
    found = [history for event in set(ends) for history in store.ended(event)]
    told_of = [(end.kind, end.outcome) for history in found for end in history.ends]
    assert {kind for kind, _ in told_of} == {"NoteBulkOperation"}
    assert {outcome for _, outcome in told_of} <= {"delivered", "unchanged"}


def choose(store: LiveStore) -> None:
    """Choose all contacts as a setting, without the start that comes with the choice."""
    repository = store.deployment.repository(store.name)
    known = repository.get()
    assert known
    chosen = HistoricSync(contacts=True)
    settings = known.settings.model_copy(update={"historic_sync": chosen})
    repository.save(known, settings, datetime.now(UTC))


def forwarded(store: LiveStore) -> list[str]:
    """Deliver the webhooks that came by themselves; return their event ids."""
    made = store.by_themselves()
    assert [store.post(one.topic, one.webhook) for one in made] == [200] * len(made)
    return [one.event_id for one in made]


def kept(store: LiveStore) -> list[str]:
    """List what of the store's exports lies in S3."""
    bucket = store.deployment.parts["kept_bucket"]
    s3 = store.deployment.client("s3")
    found = s3.list_objects_v2(Bucket=bucket, Prefix=f"bulk/{store.name}/")
    return [each["Key"] for each in found.get("Contents", ())]


def over(store: LiveStore, meanwhile: Callable[[], None] = lambda: None) -> Run:
    """Wait for the end of the run."""

    def look() -> Run | None:
        meanwhile()
        run = store.deployment.history(store.name).runs.latest()
        return run if run and run.is_over else None

    return until(look, "the end of the run", seconds=180)


def in_shopify(store: LiveStore) -> set[str]:
    """List the ids of the customers in the store."""
    return {plain(one["id"]) for one in store.shop.see("customers")}


def plain(gid: str) -> str:
    """Return the number of a gid."""
    return gid.rpartition("/")[2]
