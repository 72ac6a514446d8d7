"""`fulfillments/*` bodies: one shipment of an order; no customer, perhaps an e-mail."""

from msgspec import Struct

from shopbridge.shopify.payloads.base import Id, Time, plain_id, short
from shopbridge.shopify.payloads.order import LineItem


class Fulfillment(Struct, frozen=True):
    """One shipment as it is after the event; `line_items` are those in the parcel."""

    id: Id
    order_id: Id
    name: str | None = None
    email: str | None = None
    status: str | None = None
    shipment_status: str | None = None
    tracking_company: str | None = None
    tracking_number: str | None = None
    tracking_url: str | None = None
    created_at: Time = None
    updated_at: Time = None
    line_items: tuple[LineItem, ...] = ()

    @property
    def resource(self) -> str:
        """`order#1001`: shipments are found under their order."""
        return f"order#{plain_id(self.order_id)}"

    @property
    def title(self) -> str:
        """The shipment's name, for example `#1001.1`."""
        return short(self.name)
