"""Every tenth webhook is lost at the source; afterwards nothing tells the store from its twin."""

import json
import random
from collections import Counter
from datetime import datetime
from typing import Any

from local.store.planned import PlannedDelivery
from tests.integration.reconciliation.conftest import Opened
from tests.integration.reconciliation.missed import Missed

DELIVERIES = 160
LOST = 0.1
"""Share of deliveries that nobody ever receives."""
ONCE = ("Customer Registration", "Order Cancelled", "Order Fulfilled", "Product Purchase")
"""Activities that happen once and that Shopify's data still shows."""
NO_FAULTS = {
    "shares": dict.fromkeys(
        ("duplicate", "retry", "twin", "forged", "broken", "unknown_shop"), 0.0
    ),
    "reordered": 0.0,
    "window": 0,
}


def lives(store: Missed, *, loses: float) -> Counter[str]:
    """Let half a busy minute go by; count by topic the deliveries that were lost."""
    asked = {"n": DELIVERIES, "seed": 11, "faults": NO_FAULTS}
    told = store.shop.post("/_stream", params={"shop": store.name}, json=asked).json()
    lost, chance = Counter[str](), random.Random(5)
    for number, made in enumerate(told["deliveries"]):
        planned = PlannedDelivery.from_json(made)
        store.shop.post("/_world", params={"shop": store.name}, json={"advance": planned.step})
        at = datetime.fromisoformat(f"{planned.headers['X-Shopify-Triggered-At'][:26]}+00:00")
        store.passes(seconds=max(0.0, (at - store.clock.now()).total_seconds()))
        if chance.random() < loses:
            lost[planned.topic] += 1
        else:
            assert store.receive(planned) == 200
        if number % 40 == 39:
            store.passes(seconds=2)
            store.works()
    store.passes(minutes=2)
    store.works()
    return lost


def known(store: Missed) -> dict[str, Any]:
    """Say what Netcore and the feed hold, without the store's own name."""
    once = [one for one in store.activities() if one["activity_name"] in ONCE]
    told = {
        "contacts": store.profiles(),
        "once": Counter(json.dumps(_timeless(one), sort_keys=True) for one in once),
        "catalogue": {
            key: {name: row[name] for name in row.keys() - {"store", "version", "digest"}}
            for key, row in store.catalogue().items()
        },
    }
    text = json.dumps(told, sort_keys=True, default=str)
    handle = store.name.partition(".")[0]
    for spelt in (handle, handle.replace("-", "_").upper()):
        text = text.replace(spelt, "the-store")
    read: dict[str, Any] = json.loads(text)
    return read


def _timeless(activity: dict[str, Any]) -> dict[str, Any]:
    """Leave out what says when it arrived, and what the order became since."""
    params = activity["activity_params"]
    about = {name: params.get(name) for name in ("orderid", "customerid", "total_price")}
    names = ("activity_name", "identity", "timestamp")
    return {**about, **{name: activity.get(name) for name in names}}


def test_store_that_lost_a_tenth_equals_its_twin(opened: Opened) -> None:
    """Contacts, consent, catalogue and once-only activities are equal; the rest is counted."""
    whole, holed = opened(customers=6), opened(customers=6)
    lives(whole, loses=0)
    lost = lives(holed, loses=LOST)
    for store in (whole, holed):
        store.passes(hours=1)
    before = known(holed)

    report = holed.reconcile()

    assert before != known(whole)
    assert known(holed) == known(whole)
    assert (lost.total(), lost["orders/create"], lost["fulfillments/create"]) == (17, 2, 1)
    customers, orders, _, _ = report.streams
    assert (len(customers.missing), len(orders.missing)) == (1, 2)
    assert [name.partition("#")[0] for name in orders.unrecoverable] == ["fulfillment"]
    holed.passes(minutes=20)
    assert [one.repaired for one in holed.reconcile().streams] == [0, 0, 0, 0]
