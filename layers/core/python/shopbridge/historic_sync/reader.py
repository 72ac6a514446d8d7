"""Counts and reads one stream of a store, a page at a time, as much at once as Shopify allows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from shopbridge import times
from shopbridge.errors import AdminTooCostly, AdminUnavailable
from shopbridge.historic_sync.slicing import Window
from shopbridge.historic_sync.streams import Source
from shopbridge.shopify.documents import load
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.readers import Asks
from shopbridge.shopify.verdict import DENIED, Answer

LARGEST: Final = 250
"""Objects in a page; set by Shopify."""
SPARED: Final = 0.5
"""Share of Shopify's points that is left to live work."""
LONGEST_PAUSE: Final = 20.0
"""Seconds; a full bucket takes as long to fill."""


Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Objects as they were read."""

    nodes: tuple[Node, ...]
    cursor: str | None
    has_next: bool
    denied: tuple[str, ...] = ()


@dataclass(slots=True)
class StreamReader:
    """Reads `source`; makes room for live work by pausing where points run low."""

    gateway: Asks
    source: Source
    sleep: Callable[[float], None]
    size: int = field(default=LARGEST)

    def count(self, window: Window) -> int:
        """
        Ask Shopify how many were created in `window`.

        Raises:
            AdminUnavailable: not now, or not exactly.
        """
        variables = {"query": search(window, self.source.counted_by)}
        told = self._ask(self.source.count, variables).data.get("counted") or {}
        if told.get("precision") != "EXACT":
            raise AdminUnavailable("Shopify does not count exactly")
        return int(told["count"])

    def oldest(self, window: Window) -> datetime | None:
        """Return when the first object of `window` was created."""
        page = self._page(self.source.listing, window, None, 1)
        return times.parse(page.nodes[0]["createdAt"]) if page.nodes else None

    def page(self, window: Window, cursor: str | None) -> Page:
        """
        Read what follows `cursor`, fewer at once where Shopify finds it too costly.

        Raises:
            AdminUnavailable: nothing, or only a part, could be read now.
            AdminRejected: Shopify refuses the app, the store or the query.
        """
        return self._page(self.source.page, window, cursor)

    def ids(self, window: Window) -> Iterator[str]:
        """List the ids of all that is in `window` now."""
        cursor = None
        while True:
            page = self._page(self.source.listing, window, cursor)
            yield from (plain_id(node["id"]) for node in page.nodes)
            if not page.has_next:
                return
            cursor = page.cursor

    def _page(
        self, document: str, window: Window, cursor: str | None, size: int | None = None
    ) -> Page:
        while True:
            first = size or self.size
            query = search(window, self.source.listed_by)
            variables = {"first": first, "after": cursor, "query": query}
            try:
                return _read(self._ask(document, variables), cursor)
            except AdminTooCostly:
                if first == 1:
                    raise
                self.size = first // 2

    def _ask(self, document: str, variables: dict[str, Any]) -> Answer:
        answer = self.gateway.ask(load(document), variables)
        if answer.points and (seconds := answer.points.seconds_until(SPARED)):
            self.sleep(min(seconds, LONGEST_PAUSE))
        return answer


def search(window: Window, name: str) -> str:
    """
    Write `window` in Shopify's search syntax.

    Times are quoted: of one that is not, Shopify drops the filter and finds everything.
    """
    bounds = [f"{name}:>='{moment(window.since)}'"] if window.since else []
    return " AND ".join([*bounds, f"{name}:<'{moment(window.until)}'"])


def moment(at: datetime) -> str:
    """Write a time as Shopify does, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read(answer: Answer, cursor: str | None) -> Page:
    """Take a page as it is; a cursor must not move on one that has holes or stands still."""
    page = answer.data.get("page")
    if page is None or any(problem.code != DENIED for problem in answer.problems):
        raise AdminUnavailable("a page with holes")
    info, nodes = page["pageInfo"], tuple(page["nodes"])
    has_next = bool(info["hasNextPage"])
    if has_next and (not nodes or info["endCursor"] in (None, cursor)):
        raise AdminUnavailable("an empty page before the last")
    if None in nodes:
        raise AdminUnavailable("a page with holes")
    return Page(nodes, info["endCursor"] or cursor, has_next, answer.denied)
