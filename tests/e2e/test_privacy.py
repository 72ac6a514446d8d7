"""People and stores are forgotten by the running system: nothing of them is left in it."""

import gzip
from collections.abc import Iterator
from typing import Any

import pytest

from cli.deployment import Deployment
from shopbridge import message
from shopbridge.errors import InvalidPayload
from tests.e2e.conftest import NewStore
from tests.e2e.live_store import LiveStore
from tests.e2e.netcore import Netcore

pytestmark = pytest.mark.e2e

WORKER_SECONDS = 15
"""How long a worker lives on the local run; an erasure waits for that."""

ADDRESS = "cnry.forgotten@example.com"
"""Stands in every body; nothing may show it afterwards."""


def lives(store: LiveStore) -> None:
    """Let a customer order: it is archived, recorded and sent to Netcore."""
    customer = {"id": 7001, "email": ADDRESS}
    order = store.order(email=ADDRESS, customer=customer)
    store.activity(store.send("orders/create", order), "delivered")
    store.post(
        "orders/create", store.signed("orders/create", b'{"email": "%s"}' % ADDRESS.encode())
    )
    store.idle()


def dumped(deployment: Deployment, of: str) -> str:
    """Write out every row and object of a store, as an attacker would read it."""
    rows = [row for row in _rows(deployment) if of in str(row)]
    return f"{rows} {list(_objects(deployment, of))}"


def _rows(deployment: Deployment) -> Iterator[Any]:
    for name in ("stores", "ledger", "receipts", "contacts", "catalogue", "checkouts", "runs"):
        wanted: dict[str, Any] = {}
        while True:
            page = deployment.table(name).scan(**wanted)
            yield from page["Items"]
            if "LastEvaluatedKey" not in page:
                break
            wanted = {"ExclusiveStartKey": page["LastEvaluatedKey"]}


def _objects(deployment: Deployment, of: str) -> Iterator[str]:
    s3, parts = deployment.client("s3"), deployment.parts
    for bucket in (parts["kept_bucket"], parts["archive_bucket"]):
        for found in s3.list_objects_v2(Bucket=bucket).get("Contents", []):
            if of in found["Key"]:
                body = s3.get_object(Bucket=bucket, Key=found["Key"])["Body"].read()
                yield _readable(body)


def _readable(body: bytes) -> str:
    if body[:2] == b"\x1f\x8b":
        return gzip.decompress(body).decode()
    try:
        told = message.read(body.decode())
        return f"{told.head} {told.body.decode()}"
    except (InvalidPayload, UnicodeDecodeError):
        return body.decode("utf-8", "replace")


def test_a_customer_is_forgotten(
    installed: NewStore, deployment: Deployment, netcore: Netcore
) -> None:
    """After customers/redact no row and no object shows the address; another store's stays."""
    store, other = installed("forgets"), installed("remembers")
    lives(store)
    lives(other)
    assert ADDRESS in dumped(deployment, store.name)
    told = {
        "shop_domain": store.name,
        "customer": {"id": 7001, "email": ADDRESS, "phone": None},
        "orders_to_redact": [],
    }

    event = store.send("customers/redact", told)
    (done,) = store.ended(event, seconds=WORKER_SECONDS + 45)

    assert done.outcome == "delivered"
    assert ADDRESS not in dumped(deployment, store.name)
    assert ADDRESS in dumped(deployment, other.name)
    assert "7001" in netcore.erasures()
    again = store.send("orders/create", store.order(email=ADDRESS, customer=told["customer"]))
    assert {one.outcome for one in store.ended(again)} == {"superseded"}
    store.idle()
    assert ADDRESS not in dumped(deployment, store.name)


def test_a_store_that_left_is_forgotten(installed: NewStore, deployment: Deployment) -> None:
    """Uninstalled, then shop/redact: what is left says that it was there once."""
    store = installed("leaves")
    lives(store)
    store.ended(store.send("app/uninstalled", {"id": 1, "myshopify_domain": store.name}))

    event = store.send("shop/redact", {"shop_id": 1, "shop_domain": store.name})
    (done,) = store.ended(event)

    assert done.outcome == "delivered"
    assert ADDRESS not in dumped(deployment, store.name)
    left = deployment.repository(store.name).get()
    assert left
    assert (left.status, left.settings.netcore.list_id) == ("uninstalled", None)


def test_an_unknown_stores_requests_are_taken(unknown: NewStore) -> None:
    """Shopify asks for stores that we never knew, too, and again."""
    store = unknown("never")
    told = {"shop_domain": store.name, "customer": {"id": 7001, "email": ADDRESS}}

    event = store.send("customers/redact", {**told, "orders_to_redact": []})
    (done,) = store.ended(event, seconds=WORKER_SECONDS + 45)

    assert done.outcome == "delivered"
    assert store.post("customers/redact", store.signed("customers/redact", told)) == 200


def test_a_forged_request_forgets_nobody(installed: NewStore, deployment: Deployment) -> None:
    """401, and everything stays."""
    store = installed("forged")
    lives(store)
    told = {"shop_domain": store.name, "customer": {"id": 7001, "email": ADDRESS}}

    status = store.post("customers/redact", store.signed("customers/redact", told, secret="guess"))

    assert status == 401
    assert ADDRESS in dumped(deployment, store.name)
