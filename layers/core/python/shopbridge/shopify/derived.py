"""
Keys of our own, derived from the app's client secrets: one for each purpose.

Shopify signs webhooks with the client secret itself. A value that we sign with a derived
key can never pass for a webhook's signature, nor a value of one purpose for another's.
"""

import hmac
from collections.abc import Iterable
from typing import Final, Literal

Purpose = Literal["oauth state", "cookie", "unsubscribe link", "page cursor", "idempotency"]

_HASH: Final = "sha256"
_HASH_BYTES: Final = 32
_PREFIX: Final = "shopbridge "


def key(secret: str, purpose: Purpose) -> bytes:
    """Derive the key of `purpose`: 32 bytes."""
    return hkdf(secret.encode(), (_PREFIX + purpose).encode())


def hkdf(secret: bytes, info: bytes, *, salt: bytes = b"", length: int = _HASH_BYTES) -> bytes:
    """
    Derive `length` bytes from `secret` for the use that `info` names.

    Source: RFC 5869, with SHA-256.
    """
    pseudorandom = hmac.digest(salt or bytes(_HASH_BYTES), secret, _HASH)
    block, derived = b"", b""
    for counter in range(1, -(-length // _HASH_BYTES) + 1):
        block = hmac.digest(pseudorandom, block + info + bytes([counter]), _HASH)
        derived += block
    return derived[:length]


def sign(text: str, purpose: Purpose, secret: str) -> str:
    """Return the signature of `text` for `purpose`, as 64 hex digits."""
    return hmac.digest(key(secret, purpose), text.encode(), _HASH).hex()


def is_signed(text: str, given: str, purpose: Purpose, secrets: Iterable[str]) -> bool:
    """Whether `given` is the signature of `text` for `purpose` under any of `secrets`."""
    written = given.encode("utf-8", "replace")
    return any(
        hmac.compare_digest(sign(text, purpose, secret).encode(), written) for secret in secrets
    )
