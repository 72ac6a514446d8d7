"""Asks Shopify for the past of a store, and leaves points to live work."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from shopbridge.shopify.readers import Asks
from shopbridge.shopify.verdict import Answer

SPARED: Final = 0.5
"""Share of Shopify's points that is left to live work, also while the next query is answered."""
LONGEST_PAUSE: Final = 20.0
"""Seconds; a full bucket takes as long to fill."""


@dataclass(frozen=True, slots=True)
class Sparing:
    """A store's Admin API; after each answer it pauses until another one like it spares enough."""

    gateway: Asks
    sleep: Callable[[float], None]
    longest: float = LONGEST_PAUSE

    def ask(self, document: str, variables: dict[str, Any]) -> Answer:
        """Execute `document`; raises what `gateway` does."""
        answer = self.gateway.ask(document, variables)
        points = answer.points
        if points and (seconds := points.seconds_until(SPARED, beside=points.cost)):
            self.sleep(min(seconds, self.longest))
        return answer
