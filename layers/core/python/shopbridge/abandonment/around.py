"""What lies around a checkout: orders of its cart and buyer, and their other checkouts. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from shopbridge import times
from shopbridge.abandonment.row import PREFIX, Row

CART = "cart#"
"""How the mark of a cart begins; all others are a buyer's."""


class Around(NamedTuple):
    """What the marks of a cart and its buyer lead to."""

    orders: Mapping[str, datetime]
    """When each ordered last, of those that did."""
    told: Mapping[str, str]
    """Of carts that were told of: as which checkout."""
    touched: Mapping[str, datetime]
    """When carts were changed last, of those that were since they are known."""
    tokens: frozenset[str]
    """Checkouts of this cart, and of this buyer."""

    def is_ordered(self, at: datetime) -> bool:
        """Whether the cart was ordered, or its buyer ordered anything since `at`."""
        return any(mark.startswith(CART) or when >= at for mark, when in self.orders.items())


class Standing(NamedTuple):
    """How it stands with one checkout."""

    token: str
    at: datetime | None
    """When it was last changed, as far as we know."""
    ended: str = ""
    """`closed` by its order, `told`; empty where it may still be either."""
    waits: bool = False
    """Whether somebody looks at it when its time is over."""


def around(items: Iterable[Mapping[str, Any]]) -> Around:
    """Read the rows of marks, and those that lead from them to checkouts."""
    orders, told, touched, tokens = {}, {}, {}, set()
    for item in items:
        mark, _, name = str(item["row"]).partition("/")
        if name:
            tokens.add(name.removeprefix(PREFIX))
        if "ordered_at" in item:
            orders[mark] = times.parse(str(item["ordered_at"]))
        if "told" in item:
            told[mark] = str(item["told"])
        if "touched_at" in item:
            touched[mark] = times.parse(str(item["touched_at"]))
    return Around(orders, told, touched, frozenset(tokens))


def standing(item: Mapping[str, Any]) -> Standing:
    """Read how it stands with the checkout of a row."""
    at = times.parse(str(item["at"])) if "at" in item else None
    token, ended = str(item["row"]).removeprefix(PREFIX), str(item.get("ended", ""))
    return Standing(token, at, ended, "due" in item)


def is_left_again(row: Row, others: Iterable[Standing]) -> bool:
    """Whether the same buyer or cart has left something since, which is waited for: one counts."""
    return any(
        one.waits and one.at is not None and (one.at, one.token) > (row.at, row.token)
        for one in others
    )


def due_since(row: Row, near: Around, delay: timedelta) -> datetime:
    """Return when a checkout is abandoned, counted from the last change of its cart too."""
    return max([row.due_at, *(at + delay for at in near.touched.values() if at > row.at)])


def carts(row: Row) -> list[str]:
    """List the marks of carts: one, or none."""
    return [mark for mark in row.marks if mark.startswith(CART)]
