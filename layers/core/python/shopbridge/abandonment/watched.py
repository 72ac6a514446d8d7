"""What we know of a store's checkouts, for whoever compares them with Shopify's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shopbridge.abandonment.around import Around, Standing
from shopbridge.abandonment.checkouts import Checkouts
from shopbridge.abandonment.secret import Secret
from shopbridge.commands import Identity


@dataclass(frozen=True, slots=True)
class Watched:
    """Reads only; without `secret` no checkout of the store was ever watched."""

    checkouts: Checkouts
    secret: Secret | None
    country: str
    """The store's, for numbers without prefix."""

    def around(self, cart_token: str | None, buyer: Identity | None = None) -> Around:
        """Return what this cart, and this buyer, ordered and left."""
        who = buyer or Identity()
        marks = self.secret.marks(who, self.country, cart_token) if self.secret else ()
        return self.checkouts.marks.around(marks)

    def standing(self, tokens: Iterable[str]) -> Mapping[str, Standing]:
        """Return how it stands with checkouts, of those that are known."""
        return self.checkouts.standing(tokens)
