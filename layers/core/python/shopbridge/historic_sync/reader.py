"""Counts and reads one stream of a store, a page at a time, as much at once as Shopify allows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from shopbridge import times
from shopbridge.errors import AdminTooCostly, AdminUnavailable
from shopbridge.historic_sync.asking import Asking, Page, require_progress, sound
from shopbridge.historic_sync.slicing import Window
from shopbridge.historic_sync.streams import Pages
from shopbridge.shopify.payloads.base import plain_id


class Reads(Protocol):
    """Whatever reads a slice, by its window or otherwise."""

    def count(self, window: Window) -> int:
        """Ask Shopify how many there are."""

    def page(self, window: Window, cursor: str | None) -> Page:
        """Read what follows `cursor`."""

    def ids(self, window: Window) -> Iterator[str]:
        """List the ids of all that there is now."""


@dataclass(slots=True)
class StreamReader:
    """Reads `source` by the windows in which its objects were created."""

    asking: Asking
    source: Pages
    size: int = field(default=0)
    """Objects in a page; 0: as many as the source begins with."""

    def count(self, window: Window) -> int:
        """
        Ask Shopify how many were created in `window`.

        Raises:
            AdminUnavailable: not now, or not exactly.
        """
        variables = {"query": search(window, self.source.counted_by)}
        told = self.asking.ask(self.source.count, variables).data.get("counted") or {}
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
        read = self._page(self.source.page, window, cursor)
        nodes = tuple(self.asking.whole(node, self.source.nested) for node in read.nodes)
        return Page(nodes, read.cursor, read.has_next, read.denied)

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
        query = search(window, self.source.listed_by)
        while True:
            first = size or self.size or self.source.at_once
            variables: dict[str, Any] = {"first": first, "after": cursor, "query": query}
            try:
                answer = self.asking.ask(document, variables)
            except AdminTooCostly:
                if first == 1:
                    raise
                self.size = first // 2
                continue
            page = sound(answer, answer.data.get("page"))
            require_progress(page, cursor)
            info = page["pageInfo"]
            end, has_next = info["endCursor"] or cursor, bool(info["hasNextPage"])
            return Page(tuple(page["nodes"]), end, has_next, answer.denied)


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
