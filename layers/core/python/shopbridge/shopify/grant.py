"""What Shopify grants for a store: two tokens, how long they last, and the scopes."""

from dataclasses import dataclass, field
from datetime import datetime

from shopbridge.shopify.scopes import Scopes


@dataclass(frozen=True, slots=True)
class Grant:
    """Tokens in the clear: kept in memory until they are sealed, never logged."""

    access_token: str = field(repr=False)
    scopes: Scopes
    expires_at: datetime | None = None
    """None for a token that never expires: Shopify gives none since 2026-04."""
    refresh_token: str | None = field(default=None, repr=False)
    """Good for one refresh, which brings the next one."""
    refresh_expires_at: datetime | None = None
