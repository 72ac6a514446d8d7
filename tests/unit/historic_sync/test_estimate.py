"""What a run would take, before anybody starts it."""

import json
from datetime import timedelta
from typing import Any

import pytest

from benchmarks.places import ROOT
from shopbridge.historic_sync.estimate import DOLLARS, Estimate, estimate
from shopbridge.historic_sync.slicing import Window
from shopbridge.shopify.verdict import Answer, Points
from tests.unit.translate.given import STORE
from tests.unit.translate.test_order_nodes import LATER, NOON, node


class Shopify:
    """Counts 30,000 orders; a page of two costs 12 points and takes three seconds."""

    def __init__(self, *nodes: dict[str, Any], objects: int) -> None:
        self.now = NOON
        self._nodes = nodes
        self._objects = objects

    def ask(self, document: str, variables: dict[str, Any]) -> Answer:
        """Count, or show the first page."""
        del variables
        if "counted" in document:
            return Answer({"counted": {"count": self._objects, "precision": "EXACT"}})
        self.now += timedelta(seconds=3)
        info = {"hasNextPage": bool(self._nodes), "endCursor": "x"}
        points = Points(available=2_000, most=2_000, per_second=2, cost=12)
        return Answer({"page": {"nodes": list(self._nodes), "pageInfo": info}}, points=points)


def estimated(*nodes: dict[str, Any], objects: int) -> Estimate:
    """Estimate the orders of a store that shows `nodes` first."""
    shopify = Shopify(*nodes, objects=objects)
    return estimate("orders", shopify, STORE, Window(None, NOON), lambda: shopify.now)


def test_all_is_taken_for_what_the_first_page_shows() -> None:
    """Two orders become four activities; 30,000 are 15,000 pages, 120 calls and about 12 cents."""
    bought, cancelled = node(updatedAt=node()["createdAt"]), node(**LATER["orders/cancelled"])

    found = estimated(bought, cancelled, objects=30_000)

    assert (found.objects, found.commands, found.netcore_calls) == (30_000, 60_000, 120)
    assert (found.shopify_queries, found.shopify_points) == (15_000, 180_000)
    assert found.seconds == 15_000 * 6  # Shopify gives two points a second: slower than the page
    assert found.dollars == pytest.approx(60_000 * 0.0000019900, abs=0.0001)


def test_nothing_takes_nothing() -> None:
    """A store without orders."""
    found = estimated(objects=0)

    assert found == Estimate("orders", 0, 0, 0, 0, 0, 0, 0)


def test_prices_are_those_of_the_benchmark() -> None:
    """One list of prices, read from AWS's on one day."""
    told = json.loads((ROOT / "benchmarks/price/prices.json").read_text("utf-8"))["dollars"]

    assert {name: told[name] for name in DOLLARS} == DOLLARS
