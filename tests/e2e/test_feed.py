"""The product feed on the running system: from the shop to what Netcore pulls."""

import json
from typing import Any

import httpx
import pytest

from tests.e2e.command import shopbridge
from tests.e2e.conftest import NewStore
from tests.e2e.live_store import LiveStore
from tests.e2e.waiting import until
from tests.feed_rules import broken, items

pytestmark = pytest.mark.e2e


def test_products_reach_whoever_pulls_the_feed(installed: NewStore) -> None:
    """By history and by webhooks, by Google's rules, with ETag and gzip, under one address."""
    store = installed("feed")
    carry_over(store)

    address = feed(store, "build")["xml"]
    first = pull(store, address)

    assert first.headers["content-type"] == "application/xml; charset=utf-8"
    assert broken(first.content) == []
    assert ids(first) == in_shopify(store)

    [created] = store.happen("create_product")
    deliver(store, created)
    assert feed(store, "build")["xml"] == address
    second = pull(store, address, **{"If-None-Match": first.headers["etag"]})
    same = pull(store, address, **{"If-None-Match": second.headers["etag"]})

    assert ids(second) == in_shopify(store) != ids(first)
    assert (same.status_code, same.content) == (304, b"")
    before = stock(store, address)
    assert before.keys() == ids(second)
    assert all(before.values())

    variant = min(ids(second))
    left, _ = store.happen("leave_location", f"gid://shopify/ProductVariant/{variant}")
    deliver(store, left)
    feed(store, "build")

    assert left.topic == "inventory_levels/disconnect"
    after = stock(store, address)[variant]
    assert set(after) == set(before[variant]) - {str(json.loads(left.body)["location_id"])}
    assert len(after) == len(before[variant]) - 1

    [deleted] = store.happen("delete_product", created.resource)
    deliver(store, deleted)
    feed(store, "build")

    assert ids(pull(store, address)) == ids(first)


def test_a_feed_is_revoked(installed: NewStore) -> None:
    """A new address ends the old one; switched off, the feed is gone; removed, it was never."""
    store = installed("revoked")
    carry_over(store)
    old = feed(store, "build")["xml"]

    new = feed(store, "rotate")["xml"]
    after = [pull(store, address).status_code for address in (old, new)]
    shopbridge("settings", "set", "product_catalogue=false", f"--store={store.name}")
    off = pull(store, new).status_code
    repository = store.deployment.repository(store.name)
    found = repository.get()
    assert found
    repository.uninstall(found, found.installed_at)
    removed, unknown = pull(store, new), pull(store, new[:-8] + "xxxx.xml")

    assert after == [404, 200]
    assert off == 410
    assert removed.status_code == unknown.status_code == 404
    assert removed.content == unknown.content


def carry_over(store: LiveStore) -> None:
    """Have the historic sync read the store's products, and wait until all are in."""
    shopbridge("sync", "start", f"--store={store.name}")

    def look() -> bool:
        run = store.deployment.history(store.name).runs.latest()
        return run is not None and run.state == "COMPLETE"

    until(look, "the catalogue's history", seconds=180)


def deliver(store: LiveStore, delivery: Any) -> None:
    """Deliver one webhook, and wait until all that it asked for is done."""
    assert store.post(delivery.topic, delivery.webhook) == 200
    (done,) = store.ended(delivery.event_id)
    assert done.outcome == "delivered"


def feed(store: LiveStore, verb: str) -> dict[str, Any]:
    """Run `shopbridge catalogue feed VERB`."""
    said = shopbridge("catalogue", "feed", verb, f"--store={store.name}", "--json")
    assert said.code == 0, said.err
    told: dict[str, Any] = said.json
    return told


def pull(store: LiveStore, address: str, **headers: str) -> httpx.Response:
    """Fetch a feed as Netcore does, compressed."""
    return store.http.get(address, headers={"Accept-Encoding": "gzip", **headers})


def stock(store: LiveStore, address: str) -> dict[str, list[str]]:
    """List the locations that have each variant, from the feed in JSON."""
    told = json.loads(pull(store, address.replace(".xml", ".json")).content)
    return {one["id"]: [place["location"] for place in one["inventory"]] for one in told}


def ids(answer: httpx.Response) -> set[str]:
    """List the variants in a feed; httpx has decompressed it."""
    assert answer.headers["content-encoding"] == "gzip"
    return {one["id"][0] for one in items(answer.content)}


def in_shopify(store: LiveStore) -> set[str]:
    """List the ids of all variants in the store."""
    return {str(one["id"]).rpartition("/")[2] for one in store.shop.see("variants")}
