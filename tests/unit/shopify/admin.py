"""What the tests of Shopify's Admin API share: a store that answers as it is told."""

import json
from collections.abc import Callable
from typing import Any

import httpx

from shopbridge.shopify import wire
from shopbridge.shopify.gateway import Gateway

STORE = "vapid-store.myshopify.com"

CUSTOMER: dict[str, Any] = {
    "id": "gid://shopify/Customer/7001",
    "firstName": "Asha",
    "lastName": "Rao",
    "locale": "en",
    "state": "ENABLED",
    "tags": ["vip", "wholesale"],
    "numberOfOrders": "3",
    "amountSpent": {"amount": "120.5", "currencyCode": "USD"},
    "createdAt": "2026-01-02T10:00:00Z",
    "updatedAt": "2026-11-20T10:00:00Z",
    "verifiedEmail": True,
    "lastOrder": {
        "id": "gid://shopify/Order/5001",
        "name": "#1001",
        "processedAt": "2026-11-19T23:30:00Z",
    },
    "defaultEmailAddress": {
        "emailAddress": "asha@example.com",
        "marketingState": "SUBSCRIBED",
        "marketingUpdatedAt": "2026-11-01T08:00:00Z",
    },
    "defaultPhoneNumber": {
        "phoneNumber": "+14155550123",
        "smsMarketingConsent": {"state": "NEVER_SUBSCRIBED", "updatedAt": None},
    },
    "defaultAddress": {
        "city": "Pune",
        "province": "Maharashtra",
        "country": "India",
        "zip": "411001",
    },
}


def customer(id_: str = "7001", **changes: Any) -> dict[str, Any]:
    """Return a customer as GraphQL gives it, some fields changed."""
    return {**CUSTOMER, "id": f"gid://shopify/Customer/{id_}", **changes}


def problem(code: str, *path: str | int, **extensions: Any) -> dict[str, Any]:
    """Return one entry of `errors`."""
    return {"message": "...", "path": list(path), "extensions": {"code": code, **extensions}}


def gateway(
    answer: Callable[[httpx.Request], httpx.Response] | httpx.Response,
    *,
    store: str = STORE,
    admin_url: str | None = None,
    clock: Callable[[], float] = lambda: 0.0,
) -> Gateway:
    """Open the Admin API of a store that gives `answer` to every request."""
    give = answer if callable(answer) else lambda request: answer
    http = wire.connect(admin_url, httpx.MockTransport(give), clock)
    return Gateway(http, store, "shpat_secret")


def answering(**body: Any) -> httpx.Response:
    """Return a 200 with `body` as its JSON."""
    return httpx.Response(200, content=json.dumps(body).encode())
