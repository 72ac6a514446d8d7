"""What every payload has in common."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Protocol

from msgspec import Meta, Struct

Id = (
    Annotated[int, Meta(ge=1, le=2**63 - 1)]
    | Annotated[str, Meta(pattern=r"\A(gid://shopify/[A-Za-z]+/)?[0-9]+\Z", max_length=64)]
)
"""Shopify's id: a number, or a GraphQL id as text."""

Token = Annotated[str, Meta(min_length=1, max_length=255)]
"""Shopify's name of a checkout or cart; any text, so short that a key can hold it."""

Count = Annotated[int, Meta(ge=-(2**31), le=2**31)]
"""How many; Shopify counts in 32 bits."""

Time = datetime | None


class Payload(Protocol):
    """A body that says what it is about."""

    @property
    def resource(self) -> str:
        """For example `order#1001`: the ledger's index and part of effect keys."""

    @property
    def title(self) -> str:
        """What people call it, for example an order's `#1001`; often empty."""


class Money(Struct, frozen=True):
    """An amount in units of its currency, never in cents."""

    amount: Decimal
    currency_code: str


class MoneySet(Struct, frozen=True):
    """One price twice: what the store books and what the buyer saw."""

    shop_money: Money
    presentment_money: Money | None = None


def plain_id(given: Id) -> str:
    """Return the number in `gid://shopify/Customer/7001` or `7001`, as text."""
    return str(given) if isinstance(given, int) else given.rpartition("/")[2]


def short(title: str | None) -> str:
    """Return a title so short that a key can hold it; empty for none."""
    return (title or "")[:100]
