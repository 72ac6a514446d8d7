"""`checkouts/*` bodies. Since 2026-04 a checkout has no id: its token names it."""

from decimal import Decimal

from msgspec import Struct

from shopbridge.shopify.payloads.base import Id, Time, Token, plain_id, short
from shopbridge.shopify.payloads.order import Buyer, DiscountCode, LineItem


class Checkout(Struct, frozen=True):
    """One checkout; until the buyer says who they are, there is no e-mail and no phone."""

    token: Token
    currency: str
    total_price: Decimal
    presentment_currency: str | None = None
    """What all of a checkout's amounts are in; `currency` is the store's own."""
    subtotal_price: Decimal | None = None
    total_discounts: Decimal | None = None
    total_tax: Decimal | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    customer: Buyer | None = None
    cart_token: str | None = None
    abandoned_checkout_url: str | None = None
    discount_codes: tuple[DiscountCode, ...] = ()
    created_at: Time = None
    updated_at: Time = None
    completed_at: Time = None
    line_items: tuple[LineItem, ...] = ()

    @property
    def resource(self) -> str:
        """`checkout#<token>`."""
        return f"checkout#{self.token}"

    @property
    def title(self) -> str:
        """The checkout's name, for example `#981820079255243537`."""
        return short(self.name)


class CheckoutDeleted(Struct, frozen=True):
    """`checkouts/delete`: names the cart, and an id that no other body has."""

    id: Id
    cart_token: Token | None = None

    @property
    def resource(self) -> str:
        """`checkout#<id>`."""
        return f"checkout#{plain_id(self.id)}"

    @property
    def title(self) -> str:
        """It has none any more."""
        return ""
