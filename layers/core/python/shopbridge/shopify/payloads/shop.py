"""`shop/update` bodies: what the merchant changed about the store itself."""

from msgspec import Struct

from shopbridge.shopify.payloads.base import Id, Time, short


class Shop(Struct, frozen=True):
    """The store; `domain` is its public one, `myshopify_domain` the one that names it."""

    id: Id
    name: str
    currency: str
    domain: str | None = None
    myshopify_domain: str | None = None
    iana_timezone: str | None = None
    timezone: str | None = None
    """For people: `(GMT-05:00) Eastern Time (US & Canada)`."""
    updated_at: Time = None

    @property
    def resource(self) -> str:
        """`shop`: a store has one."""
        return "shop"

    @property
    def title(self) -> str:
        """The store's name."""
        return short(self.name)
