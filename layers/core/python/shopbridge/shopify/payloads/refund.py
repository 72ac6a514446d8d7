"""`refunds/create` bodies: what was taken back, and the money that moved."""

from decimal import Decimal

from msgspec import Struct

from shopbridge.shopify.payloads.base import Count, Id, Time, plain_id
from shopbridge.shopify.payloads.order import LineItem


class RefundedLine(Struct, frozen=True):
    """How many pieces of a line were refunded; the line itself says how many were sold."""

    quantity: Count
    line_item: LineItem | None = None


class Transaction(Struct, frozen=True):
    """A movement of money, in the currency that the buyer paid in."""

    amount: Decimal | None = None
    currency: str | None = None
    kind: str | None = None
    status: str | None = None


class Refund(Struct, frozen=True):
    """One refund of an order; names its order, but no buyer."""

    id: Id
    order_id: Id
    created_at: Time = None
    refund_line_items: tuple[RefundedLine, ...] = ()
    transactions: tuple[Transaction, ...] = ()

    @property
    def resource(self) -> str:
        """`order#1001`: refunds are found under their order."""
        return f"order#{plain_id(self.order_id)}"

    @property
    def title(self) -> str:
        """Empty: the body does not say the order's name."""
        return ""
