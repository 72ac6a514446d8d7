"""
Writes `shopify.app.toml` (`make toml`): what Shopify is told of the app.

Topics, scopes and API version follow from the code. Name, client id and address are the
developer's: `shopify app config link` writes them, and they stay as they are.
"""

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.needed_scopes import OPTIONAL, Schema, needed
from infra.shopify_app import TOML
from infra.topics import COMPLIANCE, TOPICS
from shopbridge.install.addresses import CALLBACK
from shopbridge.shopify.version import API_VERSION

HEAD = """\
# Written by `make toml` from the topic files and GraphQL documents; a test says when it is stale.
# Yours are name, client_id, application_url and handle: change those, run `make toml` again.
# After `cdk deploy`, `shopify app deploy` tells Shopify.
"""
ALL_ORDERS = """\
# read_all_orders is not asked for: orders older than 60 days need Shopify's approval of the app
# (Dev Dashboard, API access). Historic sync reads what the granted scopes let it see.
"""


@dataclass(frozen=True)
class Own:
    """What belongs to the developer."""

    name: str = "Shopbridge"
    client_id: str = ""
    application_url: str = "https://example.com"
    handle: str = "shopbridge"

    @classmethod
    def read(cls, file: Path) -> "Own":
        """Read it from the file that is there."""
        told: dict[str, Any] = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
        return cls(**{key: told[key] for key in cls.__dataclass_fields__ if key in told})


def written(own: Own, scopes: Iterable[str], topics: Iterable[str] = TOPICS) -> str:
    """Return the whole file."""
    callback = own.application_url.rstrip("/") + CALLBACK
    parts = [
        HEAD,
        f"name = {_text(own.name)}\n"
        f"client_id = {_text(own.client_id)}\n"
        f"application_url = {_text(own.application_url)}\n"
        f"handle = {_text(own.handle)}\n"
        "embedded = true\n",
        f"{ALL_ORDERS}[access_scopes]\n"
        f"scopes = {_text(','.join(scopes))}\n"
        f"optional_scopes = {json.dumps(list(OPTIONAL))}\n",
        f"[auth]\nredirect_urls = [{_text(callback)}]\n",
        f"[webhooks]\napi_version = {_text(API_VERSION)}\n",
        *(_subscription(topic) for topic in topics),
    ]
    return "\n".join(parts)


def _subscription(topic: str) -> str:
    word = "compliance_topics" if topic in COMPLIANCE else "topics"
    return (
        "[[webhooks.subscriptions]]\n"
        f"{word} = [{_text(topic)}]\n"
        f"uri = {_text(f'/webhooks/{topic}')}\n"
    )


def _text(value: str) -> str:
    """Quote for TOML, whose strings are JSON's."""
    return json.dumps(value)


if __name__ == "__main__":
    TOML.write_text(written(Own.read(TOML), needed(Schema())), "utf-8")
