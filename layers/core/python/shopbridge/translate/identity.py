"""Who an order, checkout or customer belongs to."""

import re

from shopbridge.commands import Identity
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.payloads.order import Buyer

LONGEST_EMAIL = 254
"""Characters; the limit of RFC 5321."""

_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+")
_PHONE = re.compile(r"\+?[0-9 ().\-]{7,30}", re.ASCII)
_DIGITS = range(7, 16)
"""How many digits a number with its country code has, by E.164."""


def of_buyer(
    customer: Buyer | None, *, emails: tuple[str | None, ...], phone: str | None
) -> Identity:
    """
    Collect every identifier in the body, the customer's own before the order's.

    A buyer may type another address at checkout than the one in their account; the
    contact that we keep up to date is the account's.
    """
    buyer = customer or Buyer()
    return Identity(
        customer_id=plain_id(buyer.id) if buyer.id is not None else None,
        email=next(filter(None, map(usable_email, (buyer.email, *emails))), None),
        phone=usable_phone(buyer.phone) or usable_phone(phone),
    )


def usable_email(written: str | None) -> str | None:
    """Return an address that mail can go to; None for what is none, too long or unsafe."""
    if not written or len(written) > LONGEST_EMAIL or not _EMAIL.fullmatch(written):
        return None
    return written


def usable_phone(written: str | None) -> str | None:
    """Return a number as written; None for letters, and for too few or too many digits."""
    if not written or not _PHONE.fullmatch(written):
        return None
    return written if sum(map(str.isdecimal, written)) in _DIGITS else None


def mobile(phone: str | None) -> str | None:
    """Write a number as Netcore does, digits alone; None without its country code."""
    if not phone or not phone.startswith("+"):
        return None
    return "".join(filter(str.isdecimal, phone))
