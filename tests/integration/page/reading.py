"""Reads a page as a list of its tags."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from shopbridge.page.assets import assets

_IMPORTED = re.compile(r'from "\./([^"]+)"')


@dataclass(frozen=True)
class Tag:
    """One tag as it was opened."""

    name: str
    attributes: Mapping[str, str]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(Tag(tag, {name: value or "" for name, value in attrs}))


def read(html: str) -> list[Tag]:
    """List the tags of a page, in order."""
    reader = _Tags()
    reader.feed(html)
    return reader.found


def fields(html: str) -> list[Tag]:
    """List its fields: Polaris elements with a name."""
    return [tag for tag in read(html) if tag.name.startswith("s-") and "name" in tag.attributes]


def sections(html: str) -> list[str]:
    """List the headings of its sections."""
    return [tag.attributes["heading"] for tag in read(html) if tag.name == "s-section"
            and "heading" in tag.attributes]  # fmt: skip


def weight(script: str) -> int:
    """Add up a script and all that it imports, in bytes."""
    loaded, left = dict[str, str](), [script]
    while left:
        name = left.pop()
        loaded[name] = assets()[name]
        left += [each for each in _IMPORTED.findall(loaded[name]) if each not in loaded]
    return sum(len(text.encode()) for text in loaded.values())
