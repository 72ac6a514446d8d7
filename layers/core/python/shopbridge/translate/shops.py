"""What changes to the store itself mean."""

from shopbridge.commands import UpdateShop
from shopbridge.errors import InvalidPayload
from shopbridge.shopify.payloads.shop import Shop
from shopbridge.stores.profile import Profile
from shopbridge.translate.params import LONGEST


def update(shop: Shop, store: Profile) -> UpdateShop:
    """
    Take over name, public domain, currency and time zone.

    Raises:
        InvalidPayload: the body is another store's; only the header says whose it is.
    """
    if shop.myshopify_domain and shop.myshopify_domain.lower() != store.store:
        raise InvalidPayload("the body names another store than the header")
    return UpdateShop(
        name=shop.name[:LONGEST],
        domain=(shop.domain or store.store)[:LONGEST],
        currency=shop.currency[:LONGEST],
        timezone=(shop.iana_timezone or shop.timezone or "")[:LONGEST],
        updated_at=shop.updated_at,
    )
