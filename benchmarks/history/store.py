"""
A store with as many customers as one likes: nothing is kept, everything follows from a number.

Prices of queries are those of the store simulator; how long Shopify takes is assumed.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from math import ceil
from typing import Any

from graphql import parse

from benchmarks import exports
from benchmarks.history.clock import BEGAN, Clock
from local.schema import SCHEMA
from local.store.admin.bucket import Bucket
from local.store.admin.cost import MOST, RULES
from local.store.admin.meter import Meter
from local.store.admin.schema import load
from shopbridge.errors import AdminTooCostly, AdminUnavailable
from shopbridge.shopify.verdict import Answer, Points

PAGE_SECONDS = 0.7
"""Of a page of 250, as users of Shopify report it (0.6 to 1.0)."""
ASK_SECONDS = 0.3
"""Of a count, a listing of one, or a look at a bulk operation."""
EXPORT_SECONDS = 60.0
"""Until a bulk operation has its first object; Shopify publishes no figure."""
EXPORTED = 1_000.0
"""Objects that one bulk operation exports in a second; Shopify publishes no figure."""

FIRST = BEGAN - timedelta(days=730)
_BOUND = re.compile(r":(>=|<)'([^']+)'")
_NAME = re.compile(r"(?:query|mutation)\s+(\w+)")


@dataclass
class Store:
    """Answers as the Admin API does; `rule` prices lists, `plan` fills the bucket."""

    clock: Clock
    customers: int
    rule: str
    plan: str
    asked: int = 0
    points: float = 0.0
    exports: list["Export"] = field(default_factory=list)
    _bucket: Bucket = field(init=False)

    def __post_init__(self) -> None:
        self._bucket = Bucket(self.plan, self.clock.ticks)

    def ask(self, document: str, variables: Mapping[str, Any]) -> Answer:
        """
        Execute one of our documents.

        Raises:
            AdminTooCostly: it asks for more than a thousand points.
            AdminUnavailable: the bucket holds too little.
        """
        named = _NAME.search(document)
        assert named is not None
        wanted, real = _prices(document, self.rule, variables.get("first"))
        self.asked += 1
        if wanted > MOST:
            self.clock.work(ASK_SECONDS)
            raise AdminTooCostly("too costly")
        if not self._bucket.holds(wanted):
            self.clock.work(ASK_SECONDS)
            raise AdminUnavailable("throttled", retry_after=1)
        is_page = named[1] == "CustomersPage"
        self.clock.work(PAGE_SECONDS if is_page else ASK_SECONDS)
        self._bucket.take(real)
        self.points += real
        return Answer(self._answers[named[1]](variables), points=self._points())

    @property
    def _answers(self) -> Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]]:
        return {
            "CustomersSliceCount": self._count,
            "CustomersListing": self._page,
            "CustomersPage": self._page,
            "BulkRun": self._run,
            "BulkLook": self._look,
        }

    def _points(self) -> Points:
        told = self._bucket.status()
        return Points(told["currentlyAvailable"], told["maximumAvailable"], told["restoreRate"])

    def _count(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        first, last = self.within(variables["query"])
        return {"counted": {"count": last - first, "precision": "EXACT"}}

    def _page(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        first, last = self.within(variables["query"])
        start = int(variables["after"] or first)
        end = min(start + variables["first"], last)
        nodes = [self.node(number) for number in range(start, end)]
        return {
            "page": {
                "pageInfo": {"hasNextPage": end < last, "endCursor": str(end)},
                "nodes": nodes,
            }
        }

    def _run(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        made = Export(self, len(self.exports), *self.within(json.loads(_quoted(variables))))
        self.exports.append(made)
        return {
            "bulkOperationRunQuery": {"bulkOperation": {"id": str(made.place)}, "userErrors": []}
        }

    def _look(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        return {"bulkOperation": self.exports[int(variables["id"])].told()}

    def within(self, query: str) -> tuple[int, int]:
        """Return the numbers of the customers that a search filter means."""
        bounds = {sign: datetime.fromisoformat(at) for sign, at in _BOUND.findall(query)}
        first = self._number(bounds[">="]) if ">=" in bounds else 0
        return first, self._number(bounds["<"])

    def _number(self, at: datetime) -> int:
        step = (BEGAN - FIRST) / self.customers
        return min(self.customers, max(0, ceil((at - FIRST) / step)))

    def node(self, number: int) -> dict[str, Any]:
        """Return one customer."""
        at = FIRST + number * ((BEGAN - FIRST) / self.customers)
        return {
            **_pattern(),
            "id": f"gid://shopify/Customer/{7_001_000_000 + number}",
            "createdAt": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }


@dataclass
class Export:
    """One bulk operation; its lines are written when they are read."""

    store: Store
    place: int
    first: int
    last: int
    began: float = field(init=False)
    _made: tuple[int, bytes] = (0, b"")

    def __post_init__(self) -> None:
        self.began = self.store.clock.seconds

    @property
    def ends(self) -> float:
        """When Shopify has exported the last object, on the clock."""
        return self.began + EXPORT_SECONDS + (self.last - self.first) / EXPORTED

    def told(self) -> dict[str, Any]:
        """Show it as the Admin API does."""
        objects = self.last - self.first
        is_over = self.store.clock.seconds >= self.ends
        return {
            "status": "COMPLETED" if is_over else "RUNNING",
            "errorCode": None,
            "objectCount": str(objects if is_over else 0),
            "rootObjectCount": str(objects if is_over else 0),
            "fileSize": str(objects * LINE) if is_over else None,
            "url": str(self.place) if is_over else None,
        }

    def block(self, start: int, size: int) -> bytes:
        """Return a piece of the result; every line has the same length."""
        first = start // LINE
        last = min(ceil((start + size) / LINE), self.last - self.first)
        text = b"".join(line(self.store.node(self.first + n)) for n in range(first, last))
        return text[start - first * LINE :][:size]


LINE = 800
"""Bytes of a line, filled up with spaces."""


def line(node: Mapping[str, Any]) -> bytes:
    """Write one line of an export."""
    text = json.dumps(node, separators=(",", ":")).encode()
    return text[:-1] + b" " * (LINE - 1 - len(text)) + b"}\n"


@cache
def _pattern() -> dict[str, Any]:
    node: dict[str, Any] = json.loads(exports.customer(1))
    return node


@cache
def _prices(document: str, rule: str, first: int | None) -> tuple[int, int]:
    """Price a document as Shopify does: what it asks for, and what a full page really costs."""
    variables = {"first": first} if first else {}
    meter = Meter(load(SCHEMA), parse(document), variables, RULES[rule])
    wanted = meter.points(None)
    if first is None:
        return wanted, wanted
    page = {"pageInfo": {}, "nodes": [_pattern()] * first}
    return wanted, meter.points(None, {"page": page})


def _quoted(variables: Mapping[str, Any]) -> str:
    """Find the search filter in an inner query, still as JSON."""
    found = re.search(r'query: ("(?:[^"\\]|\\.)*")', variables["query"])
    assert found is not None
    return found[1]
