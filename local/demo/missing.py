"""Drops webhooks at the source, so that reconciliation has something to find."""

from local.demo.shop import Shop, number


def lose_a_customer(shop: Shop) -> str:
    """Let somebody register without a word to the app; return their number when it is past."""
    gid, _ = shop.register()
    shop.pass_by("customers", gid)
    return number(gid)
