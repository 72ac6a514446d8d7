"""Sends items in chunks, and finds the one that makes Netcore refuse a chunk."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from shopbridge.errors import NetcoreRejected, ShopbridgeError

T = TypeVar("T")

LARGEST_BYTES = 900_000


def chunks(items: Sequence[T], most: int, size: Callable[[T], int]) -> Iterator[list[T]]:
    """Cut `items` into runs of at most `most` items and 900 kB, in order."""
    chunk: list[T] = []
    total = 0
    for item in items:
        bytes_ = size(item)
        if chunk and (len(chunk) == most or total + bytes_ > LARGEST_BYTES):
            yield chunk
            chunk, total = [], 0
        chunk.append(item)
        total += bytes_
    if chunk:
        yield chunk


def send(
    items: Sequence[T], call: Callable[[Sequence[T]], None]
) -> Iterator[tuple[Sequence[T], ShopbridgeError | None]]:
    """
    Send `items` in one call; where Netcore refuses the content, halve and try again.

    Yields every part with None (accepted) or what went wrong with it. A refusal ends
    at single items, all other errors concern their part as a whole.
    """
    try:
        call(items)
    except NetcoreRejected as exc:
        if len(items) == 1:
            yield items, exc
            return
        middle = len(items) // 2
        yield from send(items[:middle], call)
        yield from send(items[middle:], call)
    except ShopbridgeError as exc:
        yield items, exc
    else:
        yield items, None


def json_size(item: Any) -> int:
    """Count the bytes that `item` takes in a JSON array."""
    return len(json.dumps(item)) + 2
