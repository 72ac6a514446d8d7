"""Rows of the catalogue of bad inputs against the running HTTP API: the answer, and the ledger."""

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest

from local.store.webhooks import Webhook
from shopbridge.ledger.history import History
from tests import bad_inputs
from tests.bad_inputs import Request
from tests.e2e.conftest import NewStore
from tests.e2e.live_store import LiveStore

pytestmark = pytest.mark.e2e

INSTALLED_AT = datetime.fromisoformat(bad_inputs.NOON) - timedelta(days=2)
"""The rows' deliveries are dated: all come after this, but one that is to be too old."""

HEADER = "no HTTP client sends such a header value, and no server takes it"
BYTES = "the emulator's API replaces what is no UTF-8, so no signature fits; AWS sends it in base64"
IN_PROCESS_ONLY = {
    "W6a": HEADER,
    "W6b": HEADER,
    "W7": HEADER,
    "W8": "the emulator's server takes no header of 100 kB and answers 431, before any function",
    "W9a": "whether the digest has a + or / to replace hangs on the secret, new in each run",
    "W16": "it is the API itself that writes base64",
    "W17a": BYTES,
    "W21c": HEADER,
    "W26a": HEADER,
    "W39": BYTES,
    "W40": BYTES,
    "W41a": BYTES,
}
"""Rows that only a function in process can be shown, and why."""

ROWS = [row for row in bad_inputs.rows("W") if not row.elsewhere and row.id not in IN_PROCESS_ONLY]


@pytest.mark.parametrize("row", [pytest.param(row, id=row.id) for row in ROWS])
def test_bad_request_ends_as_the_catalogue_says(row: bad_inputs.Row, unknown: NewStore) -> None:
    """Answer, ledger row and activity are those that the function has in process."""
    store, event = unknown("bad"), str(uuid.uuid4())
    store.install(granted_at=INSTALLED_AT)
    secret = store.system.shopify_client_secret
    request = bad_inputs.request(row, shop=store.name, secret=secret, event_id=event)

    status = store.post(request.topic, Webhook(request.headers, request.body))

    assert status == row.expected.status
    delivery = delivered(store, request)
    assert (delivery.state if delivery else "") == row.expected.outcome
    if delivery and row.expected.outcome == "parked":
        assert str(delivery.delivery["reason"]).startswith(row.expected.reason)
    if delivery and row.expected.worker:
        store.activity(delivery.event_id, row.expected.worker)


def delivered(store: LiveStore, request: Request) -> History | None:
    """Return what the ledger has of a request, under whatever store and id it names."""
    named: dict[str, Any] = {
        name.lower().removeprefix("x-"): value for name, value in request.headers.items()
    }
    shop = named.get("shopify-shop-domain", store.name)
    event = named.get("shopify-event-id") or named.get("shopify-webhook-id", "")
    if not 0 < len(event) < 1000:  # longer ones fit no key
        return None
    found = store.deployment.ledger.event(shop, event)
    return found[0] if found else None
