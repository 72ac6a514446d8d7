"""
Which of several statements about consent stands. Pure.

Ordered by the time that Shopify gives consent, never by arrival; at the same time a no
wins; "never asked" overrides nothing. Merging is commutative, associative and
idempotent, so no order of deliveries can end in another state.
"""

from typing import NamedTuple, cast

from shopbridge import times
from shopbridge.commands import ChangeConsent, ConsentState

_RANK: dict[ConsentState, int] = {"not_subscribed": 0, "subscribed": 1, "unsubscribed": 2}


class Said(NamedTuple):
    """A yes or no, and when (empty where nobody was ever asked)."""

    at: str
    state: ConsentState

    @property
    def weight(self) -> tuple[str, int]:
        """What decides between two of them."""
        return self.at, _RANK[self.state]

    @property
    def text(self) -> str:
        """Write it for a contact's row."""
        return f"{self.at} {self.state}"


class Address(NamedTuple):
    """The digest of the address that consent is about, and as of when that was known."""

    known_at: str = ""
    digest: str = ""


class Wanted(NamedTuple):
    """What a contact's consent shall be, and for which address."""

    said: Said
    address: Address = Address()
    source: str = ""
    """Where we heard it; only the contact's history asks."""


def said(command: ChangeConsent) -> Said:
    """Read what a dated command says; "never asked" has no time, whatever it claims."""
    if command.state == "not_subscribed" or command.at is None:
        return Said("", "not_subscribed")
    return Said(times.text(command.at), command.state)


def parse(text: str) -> Said:
    """Read what `Said.text` wrote."""
    at, _, state = text.partition(" ")
    return Said(at, cast(ConsentState, state))


def stands(one: Said, other: Said) -> Said:
    """Return the one that overrides the other."""
    return max(one, other, key=lambda each: each.weight)


def merge(one: Wanted | None, other: Wanted | None) -> Wanted | None:
    """Join two views of one contact's channel; the address follows its own clock."""
    if one is None or other is None:
        return one or other
    word = max(one, other, key=lambda each: (each.said.weight, each.source))
    return Wanted(word.said, max(one.address, other.address), word.source)
