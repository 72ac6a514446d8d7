"""`carts/*` bodies: carts of the online store. They say nothing of their buyer."""

from msgspec import Struct

from shopbridge.shopify.payloads.base import Time, Token


class Cart(Struct, frozen=True):
    """One cart; checkouts and orders name it by its token."""

    token: Token
    updated_at: Time = None

    @property
    def resource(self) -> str:
        """`cart#<token>`."""
        return f"cart#{self.token}"

    @property
    def title(self) -> str:
        """Nobody calls a cart anything."""
        return ""
