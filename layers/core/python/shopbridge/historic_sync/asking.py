"""Asks Shopify for pages and counts, at a pace that leaves points to live work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shopbridge.errors import AdminUnavailable
from shopbridge.shopify.documents import load
from shopbridge.shopify.readers import Asks
from shopbridge.shopify.sparing import Sparing
from shopbridge.shopify.verdict import DENIED, Answer


@dataclass(frozen=True, slots=True)
class Page:
    """Objects as they were read."""

    nodes: tuple[Mapping[str, Any], ...]
    cursor: str | None
    has_next: bool
    denied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """A store's Admin API; makes room for live work by pausing where points run low."""

    gateway: Asks
    sleep: Callable[[float], None]

    def ask(self, document: str, variables: dict[str, Any]) -> Answer:
        """
        Ask for `document`, and pause where little is left.

        Raises:
            AdminUnavailable: not now.
            AdminRejected: Shopify refuses the app, the store or the query.
        """
        return Sparing(self.gateway, self.sleep).ask(load(document), variables)

    def whole(self, node: Mapping[str, Any], nested: Mapping[str, str]) -> Mapping[str, Any]:
        """
        Read the lists inside `node` to their end, each by its document in `nested`.

        Raises:
            AdminUnavailable: the rest of one cannot be read now.
        """
        return {**node, **{name: self._list(node, name, nested[name]) for name in nested}}

    def _list(self, node: Mapping[str, Any], name: str, document: str) -> Mapping[str, Any]:
        part = node[name]
        nodes, info = list(part["nodes"]), part["pageInfo"]
        while info["hasNextPage"]:
            after = info["endCursor"]
            answer = self.ask(document, {"id": node["id"], "after": after})
            part = sound(answer, (answer.data.get("node") or {}).get(name))
            require_progress(part, after)
            nodes += part["nodes"]
            info = part["pageInfo"]
        return {"nodes": nodes}


def sound(answer: Answer, part: Any) -> Any:
    """
    Return the `part` of an answer that was asked for.

    Raises:
        AdminUnavailable: it has holes, other than fields that we may not see.
    """
    if part is None or any(problem.code != DENIED for problem in answer.problems):
        raise AdminUnavailable("a page with holes")
    return part


def require_progress(part: Mapping[str, Any], cursor: str | None) -> None:
    """
    Refuse a page that claims more and gives none, or stands still.

    Raises:
        AdminUnavailable: it does.
    """
    info, nodes = part["pageInfo"], part["nodes"]
    if info["hasNextPage"] and (not nodes or info["endCursor"] in (None, cursor)):
        raise AdminUnavailable("an empty page before the last")
    if None in nodes:
        raise AdminUnavailable("a page with holes")
