"""What Shopify is told of the app."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from cli.deployment import Deployment
from cli.doctor.finding import Check, judged
from infra.shopify_app import ShopifyApp
from shopbridge.shopify.version import API_VERSION

MONTHS_LEFT = 3
"""Before the end of an API version, a newer one should be in use."""


def app(
    deployment: Deployment | None, toml: ShopifyApp, today: date | None = None
) -> Iterator[Check]:
    """Look at `shopify.app.toml` and at the age of the API version."""
    if deployment and deployment.stage != "local":
        yield judged(
            "app",
            "shopify.app.toml",
            toml.is_linked,
            toml.client_id,
            why="Without a client id no store can install, and every session is refused.",
            mend="shopify app config link && make toml",
        )
    ends = _end(API_VERSION)
    left = (ends - (today or datetime.now(UTC).date())).days // 30
    yield judged(
        "app",
        f"API version {API_VERSION}",
        left >= MONTHS_LEFT,
        f"supported until {ends}",
        why="Shopify then answers with another version, and mappings may break.",
        mend="raise API_VERSION in shopbridge/shopify/version.py, then make check",
    )


def _end(version: str) -> date:
    """A version is supported for a year from its first day on."""
    year, _, month = version.partition("-")
    return date(int(year) + 1, int(month), 1)
