"""Our own scripts and style, under addresses that change with their content."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Final

TYPES: Final = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


@cache
def assets() -> dict[str, str]:
    """Return every asset by its name, as it is served."""
    found = (one for one in files("shopbridge.page").joinpath("assets").iterdir())
    return {one.name: _served(one.name, one.read_text("utf-8")) for one in sorted(found, key=str)}


@cache
def digest() -> str:
    """Return 12 hex digits that change whenever an asset does."""
    return hashlib.sha256("\n".join(assets().values()).encode()).hexdigest()[:12]


def _served(name: str, text: str) -> str:
    """Leave out indentation and comments of a script: for readers of the source alone."""
    return "\n".join(_spoken(text.splitlines())) + "\n" if name.endswith(".js") else text


def _spoken(lines: Iterable[str]) -> Iterator[str]:
    for line in map(str.strip, lines):
        if line and not line.startswith("//"):
            yield line
