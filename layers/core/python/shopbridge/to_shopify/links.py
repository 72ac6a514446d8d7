"""
Links by which people unsubscribe: signed, so that nobody can make or guess one.

A token says which store, which customer, which channel and until when, and nothing else;
its key is derived from the app's client secret for this one purpose.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from shopbridge.commands import Channel
from shopbridge.shopify import derived
from shopbridge.shopify.domain import SUFFIX, is_store
from shopbridge.stores.store import Store

LASTS_YEARS: Final = 2
"""At least so long a link works; people keep mails, and laws ask for a month."""
LONGEST: Final = 400
"""Characters of a token that is looked at."""

_VERSION: Final = "1"
_CHANNELS: Final[dict[str, Channel]] = {"e": "email", "s": "sms"}


@dataclass(frozen=True, slots=True)
class Link:
    """What a token says."""

    store: str
    customer_id: str
    channel: Channel
    expires: datetime

    def is_over(self, now: datetime) -> bool:
        """Whether it has expired."""
        return now >= self.expires


def expiry(now: datetime) -> datetime:
    """Return when a link of today ends: a New Year, so that it stays the same for a year."""
    return datetime(now.year + LASTS_YEARS + 1, 1, 1, tzinfo=UTC)


def write(link: Link, secret: str) -> str:
    """Write and sign a token."""
    handle = link.store.removesuffix(SUFFIX)
    said = f"{_VERSION}.{handle}.{link.customer_id}.{link.channel[0]}.{link.expires:%Y}"
    written = _text(said.encode())
    return f"{written}.{_signature(written, secret)}"


def read(token: str, secrets: Sequence[str]) -> Link | None:
    """Read a token that any of `secrets` signed; None for every other text."""
    if len(token) > LONGEST or not token.isascii():
        return None
    written, _, given = token.partition(".")
    # The texts are compared, not what they decode to: several texts decode to the same.
    if not any(hmac.compare_digest(_signature(written, one), given) for one in secrets):
        return None
    said = urlsafe_b64decode(written.encode() + b"=" * (-len(written) % 4)).decode()
    return _link(said.split("."))


def maker(base: str, secret: Callable[[], str], now: Callable[[], datetime]) -> "Makes":
    """Return what makes the link of one customer of a store, below `base`."""

    def link(store: Store, customer_id: str) -> str:
        said = Link(store.name, customer_id, "email", expiry(now()))
        return f"{base.rstrip('/')}/u/{write(said, secret())}"

    return link


Makes = Callable[[Store, str], str]
"""Makes the address under which a customer of a store unsubscribes from e-mail."""


def _link(parts: Sequence[str]) -> Link | None:
    match parts:
        case [version, handle, customer, channel, year] if version == _VERSION:
            store, until = f"{handle}{SUFFIX}", datetime(int(year), 1, 1, tzinfo=UTC)
            return Link(store, customer, _CHANNELS[channel], until) if is_store(store) else None
    return None


def _signature(written: str, secret: str) -> str:
    key = derived.key(secret, "unsubscribe link")
    return _text(hmac.digest(key, written.encode(), "sha256"))


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
