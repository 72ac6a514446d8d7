"""One store as workers and operators see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from shopbridge.stores.profile import Profile
from shopbridge.stores.settings import Settings

Status = Literal["installed", "enabled", "paused", "uninstalled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """A store's row; secrets stay sealed until they are used."""

    name: str
    """Its `*.myshopify.com` domain."""
    version: int
    epoch: int
    installed_at: datetime
    status: Status
    settings: Settings
    profile: Profile
    circuit: str | None = None
    """Why nothing is sent to Netcore until somebody mends it."""
    shop: Mapping[str, str] = field(default_factory=dict)
    """What the merchant calls the store: name, domain, currency, timezone, updated_at."""
    sealed_netcore_key: bytes | None = None
    sealed_access_token: bytes | None = None
    sealed_refresh_token: bytes | None = None
    token_expires_at: datetime | None = None
    """When the access token ends; None where it never does."""
    refresh_expires_at: datetime | None = None
    scopes: frozenset[str] | None = None
    """What the merchant grants; None where nobody knows."""
    scopes_at: datetime | None = None
    """Since when these scopes are known to be granted."""
    authorised_at: datetime | None = None
    """When the merchant granted access last; not before `installed_at`."""
    reauthorise_since: datetime | None = None
    """Since when Shopify refuses our tokens: the merchant must open the app again."""
    uninstalled_at: datetime | None = None


def never_installed(name: str, now: datetime) -> Store:
    """Stand in for a store that has no row, for what is done for every store."""
    return Store(
        name=name,
        version=0,
        epoch=0,
        installed_at=now,
        status="uninstalled",
        settings=Settings(),
        profile=Profile(store=name, epoch=0, installed_at=now),
    )
