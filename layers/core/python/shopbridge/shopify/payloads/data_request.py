"""`customers/data_request`: a customer asked the merchant what is held of them."""

from typing import Annotated

from msgspec import Meta, Struct, field

from shopbridge.shopify.payloads.base import Id, plain_id

MOST_ORDERS = 100_000
"""Far more than anybody has; a longer list is no request of Shopify's."""


class Person(Struct, frozen=True):
    """Whom it is about; sometimes only an address is known."""

    id: Id | None = None
    email: str | None = None
    phone: str | None = None


class Request(Struct, frozen=True):
    """The request itself."""

    id: Id


class DataRequest(Struct, frozen=True):
    """What the merchant has to answer within 30 days."""

    data_request: Request
    shop_domain: str | None = None
    customer: Person = field(default_factory=Person)
    orders_requested: Annotated[tuple[Id, ...], Meta(max_length=MOST_ORDERS)] = ()

    @property
    def resource(self) -> str:
        """`data_request` for all of a store: so they are listed without a scan."""
        return "data_request"

    @property
    def title(self) -> str:
        """The request's id, which names its bundle."""
        return plain_id(self.data_request.id)
