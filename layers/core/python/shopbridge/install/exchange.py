"""
Token exchange: the embedded page's id token becomes the store's tokens.

With Shopify-managed installation no redirect comes here: the merchant has granted access
already when the page first opens.
"""

from datetime import timedelta
from http import HTTPStatus

from shopbridge.install.admission import admit
from shopbridge.install.desk import Desk, Reply, Visit
from shopbridge.shopify import session
from shopbridge.shopify.scopes import missing
from shopbridge.shopify.session import Session
from shopbridge.stores.store import Store

BEFORE_THE_PAGE = timedelta(minutes=10)
"""How long before the page first opened the merchant may have granted access."""


def exchange(visit: Visit, desk: Desk) -> Reply:
    """
    Answer 204 when the store of the id token has tokens that work.

    Raises:
        InvalidSignature: not an id token for this app, or too old.
        Forbidden: scopes are missing; nothing is stored.
    """
    token = session.verified(
        visit.authorization, desk.grants.client_id, desk.secrets.current(), desk.now()
    )
    authorised(token, desk)
    return Reply(HTTPStatus.NO_CONTENT)


def authorised(token: Session, desk: Desk) -> Store:
    """
    Return the token's store; install or authorise it where that is needed.

    Raises:
        Forbidden: scopes are missing; nothing is stored.
        GrantRefused: Shopify does not take the id token.
    """
    store = desk.registry.find(token.store)
    if store and not _needs_grant(store, desk):
        return store
    grant = desk.grants.by_id_token(token.details)
    granted_at = token.issued_at - BEFORE_THE_PAGE
    if store and store.uninstalled_at:
        granted_at = max(granted_at, store.uninstalled_at)
    return admit(token.store, grant, granted_at, desk)


def _needs_grant(store: Store, desk: Desk) -> bool:
    """Whether tokens are missing or refused, or scopes may have been granted since."""
    return (
        store.status == "uninstalled"
        or store.reauthorise_since is not None
        or store.sealed_refresh_token is None
        or bool(missing(desk.needed, store.scopes or frozenset()))
    )
