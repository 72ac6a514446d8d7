"""History leaves points to live work."""

from typing import Any

import pytest

from shopbridge.shopify.sparing import Sparing
from shopbridge.shopify.verdict import Answer, Points


class Shopify:
    """Answers every query with the same points."""

    def __init__(self, points: Points | None) -> None:
        self.points = points

    def ask(self, document: str, variables: dict[str, Any]) -> Answer:
        """Answer."""
        del document, variables
        return Answer({}, points=self.points)


@pytest.mark.parametrize(
    ("points", "pauses"),
    [
        (Points(available=1900, most=2000, per_second=100, cost=400), []),
        (Points(available=1200, most=2000, per_second=100, cost=400), [2.0]),
        (Points(available=0, most=2000, per_second=100, cost=1500), [15.0]),
        (None, []),
    ],
    ids=["enough", "half and another one", "no longer than told", "nothing is said"],
)
def test_it_pauses_until_another_query_leaves_half(
    points: Points | None, pauses: list[float]
) -> None:
    """Whoever asks for live events finds half of the points while history's next is answered."""
    paused: list[float] = []

    Sparing(Shopify(points), paused.append, longest=15).ask("query", {})

    assert paused == pauses
