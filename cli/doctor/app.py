"""What Shopify is told of the app."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from cli.deployment import Deployment
from infra.shopify_app import ShopifyApp
from shopbridge.reconciliation.connection import version
from shopbridge.reconciliation.finding import Check, judged


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
    yield version(today or datetime.now(UTC).date())
