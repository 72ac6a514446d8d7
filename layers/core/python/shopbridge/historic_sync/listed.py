"""Reads what a list of ids names: of a run's tail, or what an earlier run missed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from shopbridge.errors import AdminTooCostly
from shopbridge.historic_sync.asking import Asking, Page, sound
from shopbridge.historic_sync.slicing import Window
from shopbridge.historic_sync.streams import Source
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.shopify.verdict import Answer

AT_ONCE = 50
"""Ids in one query to begin with."""


@dataclass(slots=True)
class ListedReader:
    """Reads `wanted` of `source` as `StreamReader` reads a window; its cursor is a position."""

    asking: Asking
    source: Source
    wanted: Sequence[str]
    size: int = field(default=AT_ONCE)

    def count(self, window: Window) -> int:
        """Count those that Shopify still has; raises what `page` does."""
        return sum(1 for _ in self.ids(window))

    def page(self, window: Window, cursor: str | None) -> Page:
        """
        Read what follows `cursor`; what was deleted is left out.

        Raises:
            AdminUnavailable: nothing, or only a part, could be read now.
            AdminRejected: Shopify refuses the app, the store or the query.
        """
        del window
        start = int(cursor or 0)
        answer = self._asked(start)
        nodes = sound(answer, answer.data.get("nodes"))
        end = start + len(nodes)
        found = (self.asking.whole(node, self.source.nested) for node in nodes if node)
        return Page(tuple(found), str(end), end < len(self.wanted), answer.denied)

    def ids(self, window: Window) -> Iterator[str]:
        """List the ids of those that Shopify still has."""
        page = Page((), None, has_next=bool(self.wanted))
        while page.has_next:
            page = self.page(window, page.cursor)
            yield from (plain_id(node["id"]) for node in page.nodes)

    def _asked(self, start: int) -> Answer:
        while True:
            part = self.wanted[start : start + self.size]
            gids = [f"gid://shopify/{self.source.resource}/{one}" for one in part]
            try:
                return self.asking.ask(self.source.by_id, {"ids": gids})
            except AdminTooCostly:
                if self.size == 1:
                    raise
                self.size //= 2
