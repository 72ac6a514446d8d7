"""
The session token of the embedded page: who asks, for which store, now.

`shopifyapp` 1.0.2 checks signature, algorithm and audience, but by a clock of its own; it
takes tokens without an end or with one in ten years, takes the store from `dest` without
comparing it with `iss`, fails on a `dest` that is no text, and knows two secrets. So the
signature is checked by PyJWT, which it uses too, and all claims are checked here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import jwt
import msgspec
from shopify_app import IdTokenDetails

from shopbridge.errors import InvalidSignature
from shopbridge.shopify.domain import is_store

LEEWAY: Final = timedelta(seconds=10)
"""How far clocks may differ: App Bridge sends tokens that begin slightly later."""
LONGEST_LIFE: Final = timedelta(seconds=120)
"""Shopify's last a minute; one that lasts longer is not Shopify's."""
LONGEST_TOKEN: Final = 4096
"""Characters of a token that are looked at."""

_SCHEME: Final = "Bearer "
_SIGNATURE_ONLY: Final = {
    "verify_signature": True,
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_iss": False,
    "verify_sub": False,
    "verify_jti": False,
}


class _Claims(msgspec.Struct, frozen=True):
    """What must be in a token, of exactly these types."""

    iss: str
    dest: str
    aud: str
    sub: str
    exp: int
    nbf: int
    iat: int


@dataclass(frozen=True, slots=True)
class Session:
    """A token that was verified."""

    store: str
    """The store that asks; nothing else may name it."""
    user: str
    """Id of the member of the store's staff."""
    issued_at: datetime
    details: IdTokenDetails = field(repr=False)
    """The token as token exchange takes it."""


def verified(authorization: str, client_id: str, secrets: Sequence[str], now: datetime) -> Session:
    """
    Read the header `Authorization: Bearer <session token>` and believe it.

    Raises:
        InvalidSignature: not a token of Shopify's for this app, now.
    """
    token = authorization.removeprefix(_SCHEME)
    if token == authorization or not 0 < len(token) <= LONGEST_TOKEN:
        raise InvalidSignature("the session token: there is none")
    written = _signed(token, secrets)
    try:
        claims = msgspec.convert(written, _Claims)
    except msgspec.ValidationError:
        raise InvalidSignature("the session token: a claim is missing or no such value") from None
    if not client_id or claims.aud != client_id:
        raise InvalidSignature("the session token: for another app")
    return Session(
        store=_store(claims),
        user=claims.sub,
        issued_at=_issued(claims, now),
        details=IdTokenDetails(exchangeable=True, token=token, claims=dict(written)),
    )


def _signed(token: str, secrets: Sequence[str]) -> Mapping[str, Any]:
    """Return the claims, if one of `secrets` signed them with HS256."""
    for secret in secrets:
        try:
            return jwt.decode(token, secret, algorithms=["HS256"], options=_SIGNATURE_ONLY)  # type: ignore[arg-type]  # a TypedDict
        except (jwt.PyJWTError, ValueError, RecursionError):
            continue
    raise InvalidSignature("the session token: not signed by Shopify")


def _store(claims: _Claims) -> str:
    store = claims.dest.removeprefix("https://")
    if not is_store(store) or claims.dest != f"https://{store}":
        raise InvalidSignature("the session token: its destination is no store")
    if claims.iss != f"{claims.dest}/admin":
        raise InvalidSignature("the session token: issuer and destination differ")
    return store.lower()


def _issued(claims: _Claims, now: datetime) -> datetime:
    """Return when the token was issued, if `now` lies within its short life."""
    at = now.timestamp()
    leeway = LEEWAY.total_seconds()
    if claims.exp + leeway <= at:
        raise InvalidSignature("the session token: it has ended")
    if max(claims.nbf, claims.iat) - leeway > at:
        raise InvalidSignature("the session token: it has not begun")
    if claims.exp - claims.nbf > LONGEST_LIFE.total_seconds() or claims.iat <= 0:
        raise InvalidSignature("the session token: it lasts too long")
    return datetime.fromtimestamp(claims.iat, UTC)
