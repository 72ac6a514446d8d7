"""Amounts as Shopify writes them: `19.9` in GraphQL, `19.90` in webhook bodies, `1500` for yen."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_EXPONENTS = {"JPY": 0, "KRW": 0, "VND": 0, "KWD": 3, "BHD": 3}
"""Digits after the point, by ISO 4217, where they are not two."""

_PER_DOLLAR = {
    "USD": Decimal("1"),
    "EUR": Decimal("0.9213"),
    "INR": Decimal("84.4175"),
    "JPY": Decimal("151.37"),
    "KWD": Decimal("0.3071"),
}
"""Made-up rates; the same on every day, so that a run can be repeated."""

CURRENCIES = tuple(_PER_DOLLAR)
"""The currencies in which a simulated store can sell."""


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Return `amount` with as many digits as `currency` has."""
    return amount.quantize(Decimal(1).scaleb(-_EXPONENTS.get(currency, 2)), ROUND_HALF_UP)


def plain(amount: Decimal, currency: str) -> str:
    """Write an amount as a webhook body has it: all digits of its currency."""
    return str(rounded(amount, currency))


def graph(amount: Decimal, currency: str) -> str:
    """Write an amount as GraphQL's `Decimal` has it: no needless zeros, but one digit."""
    short = f"{rounded(amount, currency).normalize():f}"
    return short if "." in short else f"{short}.0"


def converted(amount: Decimal, currency: str, wanted: str) -> Decimal:
    """Return `amount` of `currency` in `wanted`, rounded to what that currency can show."""
    return rounded(amount * _PER_DOLLAR[wanted] / _PER_DOLLAR[currency], wanted)


def bag(amount: Decimal, currency: str, presentment: str) -> dict[str, Any]:
    """Build a `MoneyBag`: what the shop gets, and what the buyer was shown."""
    shown = converted(amount, currency, presentment)
    return {
        "shopMoney": {"amount": graph(amount, currency), "currencyCode": currency},
        "presentmentMoney": {"amount": graph(shown, presentment), "currencyCode": presentment},
    }
