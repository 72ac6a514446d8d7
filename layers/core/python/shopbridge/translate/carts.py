"""What carts mean: they carry no buyer, and join their checkout by the token."""

from shopbridge.commands import TouchCart
from shopbridge.shopify.payloads.cart import Cart


def touched(cart: Cart) -> TouchCart:
    """Whoever changes a cart has not left its checkout."""
    return TouchCart(cart.token, cart.updated_at)
