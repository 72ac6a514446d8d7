"""A store's secrets, sealed: put into it together, taken out together."""

from dataclasses import dataclass, replace
from datetime import datetime

from shopbridge.shopify.grant import Grant
from shopbridge.stores.store import Store
from shopbridge.stores.vault import Vault


@dataclass(frozen=True, slots=True)
class SealedTokens:
    """A pair of tokens, sealed for one install of one store."""

    epoch: int
    access: bytes
    refresh: bytes | None
    expires_at: datetime | None
    refresh_expires_at: datetime | None
    scopes: frozenset[str]


def sealed(vault: Vault, store: str, epoch: int, grant: Grant) -> SealedTokens:
    """Seal both tokens for this install of `store`."""
    refresh = grant.refresh_token
    return SealedTokens(
        epoch=epoch,
        access=vault.seal(grant.access_token, store=store, epoch=epoch),
        refresh=vault.seal(refresh, store=store, epoch=epoch) if refresh else None,
        expires_at=grant.expires_at,
        refresh_expires_at=grant.refresh_expires_at,
        scopes=grant.scopes,
    )


def with_tokens(store: Store, tokens: SealedTokens, at: datetime) -> Store:
    """Return `store` with tokens granted `at`; nothing of older ones stays."""
    return replace(
        store,
        sealed_access_token=tokens.access,
        sealed_refresh_token=tokens.refresh,
        token_expires_at=tokens.expires_at,
        refresh_expires_at=tokens.refresh_expires_at,
        scopes=tokens.scopes,
        scopes_at=at,
        authorised_at=at,
        reauthorise_since=None,
    )


def without_secrets(store: Store) -> Store:
    """Return `store` with nothing in it that opens another system."""
    return replace(
        store,
        sealed_netcore_key=None,
        sealed_access_token=None,
        sealed_refresh_token=None,
        token_expires_at=None,
        refresh_expires_at=None,
        reauthorise_since=None,
    )
