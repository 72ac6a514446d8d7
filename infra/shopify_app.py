"""Who the app is to Shopify: what `shopify.app.toml` says of it. Imports no CDK."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.topics import ROOT

TOML = ROOT / "shopify.app.toml"

UNLINKED = "not-linked"
"""Stands for the client id until `shopify app config link` has written one."""


@dataclass(frozen=True)
class ShopifyApp:
    """The parts of the file that our functions must know."""

    client_id: str
    scopes: str
    """Without which no store is installed, with commas."""

    @property
    def is_linked(self) -> bool:
        """Whether the file belongs to an app in somebody's Dev Dashboard."""
        return self.client_id != UNLINKED

    @classmethod
    def read(cls, file: Path = TOML) -> "ShopifyApp":
        """Read the committed file."""
        told: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
        return cls(told["client_id"] or UNLINKED, told["access_scopes"]["scopes"])
