"""Shopify's signature over a webhook's raw bytes."""

import hmac
from base64 import b64encode
from collections.abc import Iterable


def sign(body: bytes, secret: str) -> bytes:
    """Return base64 of HMAC-SHA256 of `body`, as `X-Shopify-Hmac-Sha256` carries it."""
    return b64encode(hmac.digest(secret.encode(), body, "sha256"))


def is_signed(body: bytes, given: str, secrets: Iterable[str]) -> bool:
    """
    Whether `given` is the signature of `body` under any of `secrets`.

    The texts are compared, not what they decode to: several base64 texts decode to
    the same digest.
    """
    text = given.encode("utf-8", "replace")
    return any(hmac.compare_digest(sign(body, secret), text) for secret in secrets)
