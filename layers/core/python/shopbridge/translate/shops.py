"""What changes to the store itself mean, and to the app in it."""

from shopbridge import reasons
from shopbridge.commands import NoteScopes, Uninstall, UpdateShop
from shopbridge.errors import WrongStore
from shopbridge.shopify.payloads.app import Leaving, ScopesChange
from shopbridge.shopify.payloads.shop import Shop
from shopbridge.stores.profile import Profile
from shopbridge.translate.params import LONGEST


def update(shop: Shop, store: Profile) -> UpdateShop:
    """
    Take over name, public domain, currency and time zone.

    Raises:
        WrongStore: the body is another store's; only the header says whose it is.
    """
    _require_own(shop, store)
    return UpdateShop(
        name=shop.name[:LONGEST],
        domain=(shop.domain or store.store)[:LONGEST],
        currency=shop.currency[:LONGEST],
        timezone=(shop.iana_timezone or shop.timezone or "")[:LONGEST],
        updated_at=shop.updated_at,
    )


def uninstalled(shop: Leaving, store: Profile) -> Uninstall:
    """
    End this install.

    Raises:
        WrongStore: the body is another store's; only the header says whose it is.
    """
    _require_own(shop, store)
    return Uninstall()


def scopes(change: ScopesChange) -> NoteScopes:
    """Take over the scopes that are granted now."""
    return NoteScopes(scopes=",".join(sorted(set(change.current))), at=change.updated_at)


def _require_own(shop: Shop | Leaving, store: Profile) -> None:
    if shop.myshopify_domain and shop.myshopify_domain.lower() != store.store:
        raise WrongStore(reasons.WRONG_STORE)
