"""Takes over what the merchant grants, however we learned of it."""

from collections.abc import Callable
from datetime import datetime

from shopbridge.shopify import scopes
from shopbridge.stores.store import Store
from shopbridge.stores.tokens import TokenRow


def noted(
    store: Store,
    granted: scopes.Scopes,
    at: datetime,
    tokens: TokenRow,
    resume: Callable[[str], None],
) -> bool:
    """
    Note what was granted `at`; where the catalogue's scope is among it, its work goes on.

    False where newer scopes are noted, or the store was installed anew.
    """
    if not tokens.granted(store, granted, at):
        return False
    if not scopes.missing({scopes.CATALOGUE}, granted):
        resume(store.name)
    return True
