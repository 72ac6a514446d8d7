"""Takes a grant in: with all scopes that we need the store is installed, or authorised again."""

from datetime import datetime

from shopbridge.errors import Forbidden
from shopbridge.install.desk import Desk
from shopbridge.shopify.grant import Grant
from shopbridge.shopify.scopes import missing
from shopbridge.stores.store import Store


def admit(name: str, grant: Grant, at: datetime, desk: Desk) -> Store:
    """
    Write what the merchant granted `at`, and send on what waited for it.

    Raises:
        Forbidden: scopes are missing. A store that is not installed gets no row; one that
            is keeps working with what it has: this grant ended its earlier tokens.
    """
    lacking = missing(desk.needed, grant.scopes)
    before = desk.registry.find(name) if lacking else None
    if lacking and (before is None or before.status == "uninstalled"):
        raise Forbidden(f"not granted: {', '.join(lacking)}")
    store = desk.registry.authorise(name, grant, at)
    if lacking:
        raise Forbidden(f"not granted: {', '.join(lacking)}")
    desk.resume(name)
    return store
