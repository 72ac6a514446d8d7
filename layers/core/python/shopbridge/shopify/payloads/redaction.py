"""`customers/redact` and `shop/redact`: what Shopify tells an app to delete."""

from typing import Annotated

from msgspec import Meta, Struct, field

from shopbridge.shopify.payloads.base import Id
from shopbridge.shopify.payloads.data_request import MOST_ORDERS, Person


class CustomerRedact(Struct, frozen=True):
    """A customer is to be forgotten."""

    shop_domain: str | None = None
    customer: Person = field(default_factory=Person)
    orders_to_redact: Annotated[tuple[Id, ...], Meta(max_length=MOST_ORDERS)] = ()

    @property
    def resource(self) -> str:
        """`redaction` for all of a store: the row names nobody."""
        return "redaction"

    @property
    def title(self) -> str:
        """Nothing: what it is about is to be forgotten."""
        return ""


class ShopRedact(Struct, frozen=True):
    """A store is to be forgotten, 48 hours after the app was removed from it."""

    shop_domain: str | None = None

    @property
    def resource(self) -> str:
        """`redaction`, as for a customer."""
        return "redaction"

    @property
    def title(self) -> str:
        """Nothing."""
        return ""
