"""Carts by token, as Shopify's Ajax API serves them."""

from itertools import count
from typing import Any

from local.storefront.goods import BY_VARIANT


class Carts:
    """All carts of the storefront; a visitor's cookie holds the token of theirs."""

    def __init__(self) -> None:
        self._tokens = count(1)
        self._lines: dict[str, dict[int, int]] = {}

    def token(self, given: str | None) -> str:
        """Return `given` if it is a cart, else that of a new one."""
        if given in self._lines:
            return given
        token = f"cart-token-{next(self._tokens):04}"
        self._lines[token] = {}
        return token

    def add(self, token: str, variant: int, quantity: int) -> None:
        """Put pieces in."""
        lines = self._lines[token]
        lines[variant] = lines.get(variant, 0) + quantity

    def change(self, token: str, variant: int, quantity: int) -> None:
        """Set how many pieces there are; none takes the line out."""
        self._lines[token][variant] = quantity
        if not quantity:
            del self._lines[token][variant]

    def complete(self, token: str) -> None:
        """Order the cart: it is gone, and whoever held it gets another."""
        del self._lines[token]

    def json(self, token: str) -> dict[str, Any]:
        """Return what `/cart.js` says."""
        lines = self._lines.get(token, {})
        items = [BY_VARIANT[variant].line(quantity) for variant, quantity in lines.items()]
        return {
            "token": token,
            "note": "",
            "attributes": {},
            "item_count": sum(lines.values()),
            "total_price": sum(item["line_price"] for item in items),
            "currency": "INR",
            "items": items,
        }
