"""Fills docs/recipes.md with what Netcore receives, made of the tests' webhooks."""

import json
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from cli.topics import webhook_of
from shopbridge.commands import RecordActivity, WatchCheckout
from shopbridge.moments import dated
from shopbridge.netcore.activities import wire
from shopbridge.netcore.identity import on_the_wire
from shopbridge.shopify.people import Customer
from shopbridge.shopify.reading import read
from shopbridge.stores.compile import compiled
from shopbridge.stores.profile import Profile
from shopbridge.stores.settings import Settings
from shopbridge.stores.store import Store
from shopbridge.translate.contacts import attributes

ROOT = Path(__file__).parents[1]
RECIPES = ROOT / "docs" / "recipes.md"
WEBHOOKS = ROOT / "tests" / "fixtures" / "webhooks"

BLOCK = re.compile(r"(<!-- netcore receives: (.+?) -->\n```json\n)(.*?)(```)", re.DOTALL)
"""A block says which webhook it is made of, `orders/create: Product Purchase`, or `contact`."""

NAME = "vapid-store.myshopify.com"
INSTALLED_AT = datetime(2026, 11, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 30, tzinfo=UTC)
CUSTOMER_ID = "115310627314723954"
BUYER = {"identity": CUSTOMER_ID}
"""Whom Shopify names for an order whose fulfilment says nothing of its buyer."""


def written(text: str) -> str:
    """Return `text` with today's payload in each of its blocks."""
    return BLOCK.sub(lambda found: f"{found[1]}{_payload(found[2])}\n{found[4]}", text)


def _payload(source: str) -> str:
    topic, _, name = source.partition(": ")
    told = activity(topic, name) if name else contact()
    return json.dumps(told, indent=2, ensure_ascii=False)


def activity(topic: str, name: str) -> dict[str, Any]:
    """Write the activity `name` that the example of `topic` means, as Netcore receives it."""
    webhook = webhook_of(topic)
    example = json.loads((WEBHOOKS / f"{topic}.json").read_text())
    payload = read(json.dumps(example["payload"]).encode(), webhook.payload)
    store = _store()
    for command in webhook.translate(payload, store.profile):
        found = _activity(dated(command, NOW, NOW), store.settings)
        if found and found.name == name:
            return wire(found, on_the_wire(found.identity, store) or BUYER, store)
    raise LookupError(f"{topic} means no {name}")


def _activity(command: object, settings: Settings) -> RecordActivity | None:
    match command:
        case RecordActivity():
            return command
        case WatchCheckout(activity=activity, at=datetime() as at):
            due = at + timedelta(minutes=settings.abandonment.delay_minutes)
            return dated(activity, due, NOW)  # type: ignore[return-value]  # of the kind it was given
        case _:
            return None


def contact() -> dict[str, Any]:
    """Write a customer whom nobody ever asked about e-mail, as Netcore receives them."""
    customer = Customer.model_validate(
        {
            "id": f"gid://shopify/Customer/{CUSTOMER_ID}",
            "createdAt": INSTALLED_AT,
            "updatedAt": INSTALLED_AT,
            "firstName": "John",
            "lastName": "Smith",
            "numberOfOrders": "1",
            "amountSpent": {"amount": Decimal("195.97"), "currencyCode": "USD"},
            "tags": ["vip"],
            "defaultEmailAddress": {"emailAddress": "john@example.com"},
            "defaultPhoneNumber": {"phoneNumber": "+16135550142"},
            "lastOrder": {"id": "gid://shopify/Order/820982911946154508", "name": "#1001"},
        }
    )
    return attributes(customer, _store(), {"email": "not_subscribed"})


def _store() -> Store:
    settings = Settings.model_validate({"netcore": {"website_id": "your-website-id"}})
    base = Profile(store=NAME, epoch=1, installed_at=INSTALLED_AT)
    return Store(
        name=NAME,
        version=1,
        epoch=1,
        installed_at=INSTALLED_AT,
        status="enabled",
        settings=settings,
        profile=compiled(settings, base, INSTALLED_AT, first=True),
    )
