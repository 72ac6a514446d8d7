"""What the merchant grants: as the store's row has it, and as Shopify says now."""

from pydantic import BaseModel

from shopbridge.entry.api.desk import AtDesk
from shopbridge.lifecycle.scopes import noted
from shopbridge.shopify import installation, scopes
from shopbridge.stores.store import Store


class ScopeState(BaseModel):
    """What the merchant grants."""

    known: bool
    granted: list[str]
    catalogue: bool


def scope_state(store: Store) -> ScopeState:
    """Say what the row of `store` knows."""
    granted = store.scopes or frozenset()
    return ScopeState(
        known=store.scopes is not None,
        granted=sorted(granted),
        catalogue=not scopes.missing([scopes.CATALOGUE], granted),
    )


def ask(desk: AtDesk) -> ScopeState:
    """Ask Shopify which scopes are granted now; what waited for one goes on soon."""
    asked_at = desk.now()
    with desk.shopify() as shopify:
        granted = installation.granted(shopify)
    noted(desk.store, granted, asked_at, desk.tokens, desk.resume_later)
    return scope_state(desk.repository.get() or desk.store)
