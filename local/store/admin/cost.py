"""The two rules by which Shopify is known to price lists."""

import math
from typing import Protocol

MOST = 1000
"""Points that a single query may ask for, on any plan; set by Shopify."""
MUTATION = 10
"""Points of one mutation; set by Shopify."""
_EXPONENT = 0.45


class Rule(Protocol):
    """How much a list costs."""

    def __call__(self, size: int, child: float, *, paged: bool) -> float:
        """Price `size` objects of `child` points each; `paged` says it is a connection."""


def linear(size: int, child: float, *, paged: bool) -> float:
    """The rule that Shopify once published: `2 + N * child` for a connection."""
    return size * child + (2 if paged else 0)


def sublinear(size: int, child: float, *, paged: bool) -> float:
    """
    What live stores answered in 2026, fitted: `1 + N^0.45 * child` for a connection.

    250 flat nodes cost 13, 250 of two objects 25, 250 x 250 flat 169; seen were 13, 25 and 167.
    """
    grown: float = size**_EXPONENT
    return math.ceil(grown * child) + (1 if paged else 0)


RULES: dict[str, Rule] = {"linear": linear, "sublinear": sublinear}
