"""Results of bulk operations, as Shopify writes them: a customer is 760 bytes, an order 1.6 kB."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BLOCK = 1024 * 1024
"""Bytes that are read at once, as from S3."""

CREATED = "2026-01-01T00:00:00Z"


def customer(number: int) -> bytes:
    """Write the line of a customer, with all that the document `customers_bulk` asks for."""
    return _line(
        {
            "id": f"gid://shopify/Customer/{7_001_000_000 + number}",
            "firstName": "Asha",
            "lastName": "Rao",
            "locale": "en",
            "state": "DISABLED",
            "tags": ["vip", "newsletter"],
            "numberOfOrders": "3",
            "amountSpent": {"amount": "2499.0", "currencyCode": "INR"},
            "createdAt": CREATED,
            "updatedAt": "2026-11-01T00:00:00Z",
            "verifiedEmail": True,
            "lastOrder": {
                "id": f"gid://shopify/Order/{6_230_441_190_000 + number}",
                "name": f"#{number}",
                "processedAt": "2026-10-01T00:00:00Z",
            },
            "defaultEmailAddress": {
                "emailAddress": f"asha.rao.{number}@example.com",
                "marketingState": "SUBSCRIBED",
                "marketingUpdatedAt": "2026-02-01T00:00:00Z",
            },
            "defaultPhoneNumber": {
                "phoneNumber": "+919812345678",
                "smsMarketingConsent": {"state": "NEVER_SUBSCRIBED", "updatedAt": None},
            },
            "defaultAddress": {
                "city": "Mumbai",
                "province": "Maharashtra",
                "country": "India",
                "zip": "400001",
            },
        }
    )


def write(file: Path, customers: int) -> None:
    """Write a result of so many customers."""
    with file.open("wb") as out:
        out.writelines(customer(number) for number in range(customers))


def blocks(file: Path) -> Iterator[bytes]:
    """Read a result as it is read from S3."""
    with file.open("rb") as whole:
        while block := whole.read(BLOCK):
            yield block


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"
