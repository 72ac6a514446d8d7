"""Ledger rows as they would lie in the table, with every value written out."""

from typing import Any

STORE = "vapid-store.myshopify.com"
EVENT = "98880550-7158-44d4-b7cd-2c97c8a091b5"
ROW = "orders/create#0123456789abcdef"
PURCHASE = "RecordActivity|Product Purchase|"
CONTACT = "RefreshContact|7001|"


def delivery_row(**changes: Any) -> dict[str, Any]:
    """Write a published delivery of `orders/create` with two commands."""
    return {
        "delivery": f"{STORE}#{EVENT}",
        "row": ROW,
        "store": STORE,
        "topic": "orders/create",
        "event_id": EVENT,
        "via": "https",
        "state": "published",
        "arrivals": 1,
        "size": 11000,
        "triggered_at": "2026-11-23T07:48:00.000000Z",
        "received_at": "2026-11-23T07:48:01.000000Z",
        "published_at": "2026-11-23T07:48:01.100000Z",
        "resource": f"{STORE}#order#450789469",
        "title": "#1001",
        "commands": [PURCHASE, CONTACT],
        **changes,
    }


def command_row(number: int = 0, **changes: Any) -> dict[str, Any]:
    """Write the row of a delivered `Product Purchase` of that delivery."""
    return {
        "delivery": f"{STORE}#{EVENT}",
        "row": f"{ROW}#{number}",
        "store": STORE,
        "topic": "orders/create",
        "kind": "RecordActivity",
        "label": "Product Purchase",
        "outcome": "delivered",
        "reason": "",
        "at": "2026-11-23T07:48:02.000000Z",
        "received_at": "2026-11-23T07:48:01.000000Z",
        "attempts": 1,
        **changes,
    }
