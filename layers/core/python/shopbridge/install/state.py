"""
The `state` of an authorisation: random, used once, for one store and one browser.

It is signed with a key of its own, and so is the cookie that binds it to the browser. What
was given out is a row beside the store's: a store has one authorisation under way, and
using it removes it.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from shopbridge.conditional import written
from shopbridge.errors import Forbidden
from shopbridge.shopify.derived import is_signed, sign

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

LASTS: Final = timedelta(minutes=10)
COOKIE: Final = "__Host-shopbridge-install"
"""The prefix makes browsers take it over HTTPS only, and from this host alone."""
NONCE_BYTES: Final = 32

_PARTS = 3


@dataclass(frozen=True, slots=True)
class Issued:
    """What goes to Shopify, and what stays in the browser."""

    state: str
    cookie: str


@dataclass(frozen=True)
class States:
    """Gives states out and takes them back; `nonce` makes random text."""

    table: "Table"
    now: Callable[[], datetime]
    nonce: Callable[[int], str]

    def issue(self, store: str, secret: str) -> Issued:
        """Begin an authorisation of `store`; an earlier one ends."""
        nonce, ends = self.nonce(NONCE_BYTES), int((self.now() + LASTS).timestamp())
        state = f"{nonce}.{ends}.{sign(_said(store, nonce, str(ends)), 'oauth state', secret)}"
        self.table.put_item(Item={"store": _key(store), "state": _digest(state), "expires": ends})
        return Issued(state, f"{COOKIE}={sign(state, 'cookie', secret)}")

    def redeem(
        self, store: str, state: str, cookies: Sequence[str], secrets: Sequence[str]
    ) -> None:
        """
        Take a state back.

        Raises:
            Forbidden: not ours, not of this store or browser, too old, or used before.
        """
        nonce, ends, signature = (*state.split(".")[:_PARTS], "", "", "")[:_PARTS]
        if not is_signed(_said(store, nonce, ends), signature, "oauth state", secrets):
            raise Forbidden("the state is not one of ours for this store")
        if int(ends) <= self.now().timestamp():
            raise Forbidden("the state is too old")
        if not is_signed(state, _cookie(cookies), "cookie", secrets):
            raise Forbidden("another browser began this")
        if not written(
            lambda: self.table.delete_item(
                Key={"store": _key(store)},
                ConditionExpression="#state = :state",
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues={":state": _digest(state)},
            )
        ):
            raise Forbidden("the state was used before")


def _said(store: str, nonce: str, ends: str) -> str:
    return f"{store}|{nonce}|{ends}"


def _key(store: str) -> str:
    return f"{store}#install"


def _digest(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()


def _cookie(cookies: Sequence[str]) -> str:
    """Find ours; a browser sends one of this name, whatever else it sends."""
    found = [
        value for name, _, value in (c.strip().partition("=") for c in cookies) if name == COOKIE
    ]
    return found[0] if len(found) == 1 else ""
