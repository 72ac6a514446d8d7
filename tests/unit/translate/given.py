"""What the tests of translations start from: one store, and the topics' fixtures."""

import importlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from infra.topics import ROOT, TOPICS, WEBHOOKS
from shopbridge.commands import Command
from shopbridge.entry.webhook import Webhook
from shopbridge.shopify.reading import read
from shopbridge.stores.profile import Profile

FIXTURES = ROOT / "tests" / "fixtures"

STORE = Profile(
    store="vapid-store.myshopify.com",
    epoch=1,
    installed_at=datetime(2026, 1, 1, tzinfo=UTC),
    asset="site-1",
)
PRESENTMENT_STORE = msgspec.structs.replace(STORE, presentment_money=True)
"""The same store, reporting what its buyers saw."""


def webhook(topic: str) -> Webhook[Any]:
    """Return the handler that serves `topic`."""
    module = TOPICS[topic].relative_to(ROOT).with_suffix("").parts
    handler: Webhook[Any] = importlib.import_module(".".join(module)).handler
    return handler


def fixture_path(topic: str) -> Path:
    """Where the fixture of `topic` lies: at the path of its function."""
    return FIXTURES / "webhooks" / TOPICS[topic].relative_to(WEBHOOKS).with_suffix(".json")


def fixture(topic: str) -> dict[str, Any]:
    """Return the fixture of `topic`: source, payload and commands."""
    case: dict[str, Any] = json.loads(fixture_path(topic).read_text("utf-8"))
    return case


def payload(topic: str, **changes: Any) -> dict[str, Any]:
    """Return the fixture's payload with some of its fields changed."""
    body: dict[str, Any] = fixture(topic)["payload"]
    return body | changes


def translated(topic: str, body: object, store: Profile = STORE) -> list[Command]:
    """Return what a body of `topic` means, read from its bytes as a delivery is."""
    handler = webhook(topic)
    return list(handler.translate(read(json.dumps(body).encode(), handler.payload), store))


def activity(topic: str, body: object, store: Profile = STORE) -> Any:
    """Return the first command of a body of `topic`, which is its activity."""
    return translated(topic, body, store)[0]
