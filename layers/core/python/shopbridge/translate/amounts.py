"""Money, chosen by the store's setting and kept exact."""

from decimal import Decimal

from shopbridge.errors import InvalidPayload
from shopbridge.shopify.payloads.base import Money, MoneySet
from shopbridge.stores.profile import Profile

LARGEST = 15
"""Digits before the point; a double keeps such an amount exact to the cent."""

FINEST = 12
"""Digits after the point; more is no price, and written out could fill the memory."""

SHORT = 13
"""Characters up to which a text of digits and a point keeps both limits."""


def amount(plain: Decimal | None, both: MoneySet | None, store: Profile) -> str | None:
    """
    Write a price in the currency that the store reports: its own, or the buyer's.

    `plain` is in the store's currency. None where Shopify gave no price.

    Raises:
        InvalidPayload: not a number that money can be (NaN, infinite, 16 digits).
    """
    value = plain if both is None else chosen(both, store).amount
    return None if value is None else written(value)


def currency(own: str | None, both: MoneySet | None, store: Profile) -> str | None:
    """Name the currency of what `amount` wrote of the same two."""
    return own if both is None else chosen(both, store).currency_code


def chosen(both: MoneySet, store: Profile) -> Money:
    """Pick the amount whose currency is certain to be the one it is named in."""
    return (store.presentment_money and both.presentment_money) or both.shop_money


def written(value: Decimal) -> str:
    """
    Write an amount in full, without an exponent.

    Raises:
        InvalidPayload: not a number that money can be.
    """
    text = str(value)
    if len(text) <= SHORT and text.replace(".", "", 1).isdigit():
        return text  # what nearly every price is; the checks below cost five times as much
    return f"{exact(value):f}"


def exact(value: Decimal) -> Decimal:
    """
    Return `value`, a number that money can be.

    Raises:
        InvalidPayload: NaN, infinite, or with more digits than any price.
    """
    if (
        not value.is_finite()
        or value.adjusted() >= LARGEST
        or int(value.as_tuple().exponent) < -FINEST
    ):
        raise InvalidPayload("an amount is not a number that money can be")
    return value
