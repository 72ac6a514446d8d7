"""Shopify's pagination: cursors over (sorted value, id), at most 250 at a time."""

import base64
import json
from collections.abc import Callable, Sequence
from typing import Any

from local.store.admin.answers import Json, refused
from local.store.bodies.scalars import number

MOST = 250
"""Set by Shopify, per page."""

Value = Callable[[Any], Any]


def connection(nodes: Sequence[Any], args: dict[str, Any], value: Value) -> Json:
    """
    Build a page of `nodes` ordered by `value` and id, as `args` ask for it.

    Raises:
        GraphQLError: neither or too much of `first` and `last`.
    """
    ordered = [((value(each), number(each["id"])), each) for each in nodes]
    ordered.sort(key=lambda each: each[0], reverse=bool(args.get("reverse")))
    return _page(_window(ordered, args), args)


def whole(nodes: Sequence[Any], args: dict[str, Any], value: Value) -> Json:
    """Build the one page that a bulk operation sees: all of `nodes`, whatever `args` limit."""
    backward = bool(args.get("reverse"))
    ordered = sorted(nodes, key=lambda each: (value(each), number(each["id"])), reverse=backward)
    info = {"hasNextPage": False, "hasPreviousPage": False, "startCursor": None, "endCursor": None}
    edges = [{"cursor": "", "node": node} for node in ordered]
    return {"edges": edges, "nodes": ordered, "pageInfo": info}


def _window(ordered: list[tuple[Any, Any]], args: dict[str, Any]) -> list[tuple[Any, Any]]:
    backward = bool(args.get("reverse"))
    for bound, later in (("after", True), ("before", False)):
        if args.get(bound):
            limit = _decode(args[bound])
            upward = later != backward
            ordered = [each for each in ordered if (each[0] > limit if upward else each[0] < limit)]
    return ordered


def _page(ordered: list[tuple[Any, Any]], args: dict[str, Any]) -> Json:
    size, backward = _size(args)
    start = max(len(ordered) - size, 0) if backward else 0
    page = ordered[start : start + size]
    edges = [{"cursor": _encode(key), "node": node} for key, node in page]
    return {
        "edges": edges,
        "nodes": [node for _, node in page],
        "pageInfo": {
            "hasNextPage": start + size < len(ordered) or bool(args.get("before")),
            "hasPreviousPage": start > 0 or bool(args.get("after")),
            "startCursor": edges[0]["cursor"] if edges else None,
            "endCursor": edges[-1]["cursor"] if edges else None,
        },
    }


def _size(args: dict[str, Any]) -> tuple[int, bool]:
    given = [(args.get("first"), False), (args.get("last"), True)]
    sizes = [(int(size), backward) for size, backward in given if size is not None]
    if len(sizes) != 1:
        raise refused("you must provide one of first or last", "BAD_REQUEST")
    if not 0 <= sizes[0][0] <= MOST:
        raise refused(f"page size {sizes[0][0]} is not between 0 and {MOST}", "BAD_REQUEST")
    return sizes[0]


def _encode(key: tuple[Any, int]) -> str:
    text = json.dumps({"last_id": key[1], "last_value": key[0]}, separators=(",", ":"))
    return base64.b64encode(text.encode()).decode()


def _decode(cursor: str) -> tuple[Any, int]:
    try:
        made = json.loads(base64.b64decode(cursor))
        return made["last_value"], made["last_id"]
    except (ValueError, KeyError, TypeError) as exc:
        raise refused(f"{cursor!r} is not a cursor", "BAD_REQUEST") from exc
