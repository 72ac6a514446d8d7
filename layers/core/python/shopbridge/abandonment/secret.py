"""
What one store's secret does: seals what a checkout would tell, and names people unreadably.

A key of its own for each purpose, so that a name can never help to open content.
"""

import hmac
import secrets
import zlib
from collections.abc import Iterator

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shopbridge.commands import Identity, RecordActivity
from shopbridge.errors import Rejected
from shopbridge.phone import digits

NONCE_BYTES = 12
"""Of AES-GCM."""

MARK_BYTES = 16
"""Enough that no two people of a store share one by chance."""

PERSON = "person"
"""What people are sealed for; no checkout has so short a token."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(RecordActivity).decode
_decode_person = msgspec.json.Decoder(Identity).decode


class Unreadable(Rejected):
    """Sealed under a secret that the store no longer has, or not by us."""


class Secret:
    """One store's secret; `drawn` makes a new one."""

    def __init__(self, secret: str) -> None:
        key = bytes.fromhex(secret)
        self._cipher = AESGCM(hmac.digest(key, b"content", "sha256"))
        self._names = hmac.digest(key, b"names", "sha256")

    def seal(self, activity: RecordActivity, token: str) -> bytes:
        """Compress and encrypt `activity`; it opens for the checkout `token` alone."""
        return self._closed(_encode(activity), token)

    def open(self, sealed: bytes, token: str) -> RecordActivity:
        """
        Return what was sealed for `token`.

        Raises:
            Unreadable: under another secret, or for another checkout.
        """
        return _decode(self._opened(sealed, token))

    def seal_person(self, who: Identity) -> bytes:
        """Encrypt who somebody is."""
        return self._closed(_encode(who), PERSON)

    def open_person(self, sealed: bytes) -> Identity:
        """
        Return whom `seal_person` sealed.

        Raises:
            Unreadable: under another secret.
        """
        return _decode_person(self._opened(sealed, PERSON))

    def marks(self, who: Identity, country: str, cart_token: str | None = None) -> list[str]:
        """
        Name a cart and its buyer, each identifier by itself.

        Spellings of one address or number have one name; `country` is the store's, for
        numbers without prefix.
        """
        return [f"{kind}#{self._name(kind, value)}" for kind, value in _told(who, country)] + (
            [f"cart#{self._name('cart', cart_token)}"] if cart_token else []
        )

    def _closed(self, content: bytes, context: str) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, zlib.compress(content, 1), context.encode())
        return nonce + sealed

    def _opened(self, sealed: bytes, context: str) -> bytes:
        nonce, content = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return zlib.decompress(self._cipher.decrypt(nonce, content, context.encode()))
        except InvalidTag as exc:
            raise Unreadable("a store's sealed content does not open") from exc

    def _name(self, kind: str, value: str) -> str:
        return hmac.digest(self._names, f"{kind}#{value}".encode(), "sha256")[:MARK_BYTES].hex()


def drawn() -> str:
    """Draw a new secret, 256 bits as text."""
    return secrets.token_hex(32)


def _told(who: Identity, country: str) -> Iterator[tuple[str, str]]:
    if who.customer_id:
        yield "customer", who.customer_id
    if who.email:
        yield "email", who.email.strip().lower()
    if who.phone:
        yield "phone", digits(who.phone, country) or "".join(filter(str.isdecimal, who.phone))
