"""How a feed is written: RSS 2.0 in Google's words, and the same as a list in JSON. Pure."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, Protocol
from xml.sax.saxutils import escape

from shopbridge.catalogue.item import Entry, Item, cleaned

Format = Literal["xml", "json"]

TYPES: Final[dict[Format, str]] = {
    "xml": "application/xml; charset=utf-8",
    "json": "application/json; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Channel:
    """Whose feed it is."""

    title: str
    link: str
    description: str


class Wording(Protocol):
    """One way to write a feed, piece by piece."""

    def head(self, channel: Channel) -> str:
        """Begin."""

    def item(self, entry: Entry, number: int) -> str:
        """Write a variant, which is the feed's `number`th, from 0."""

    def tail(self) -> str:
        """End."""


class Rss:
    """RSS 2.0 with all attributes in Google's namespace, as Netcore's example has them."""

    def head(self, channel: Channel) -> str:
        """Begin the channel."""
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n<channel>\n'
            f"<title>{_text(channel.title)}</title>\n<link>{_text(channel.link)}</link>\n"
            f"<description>{_text(channel.description)}</description>\n"
        )

    def item(self, entry: Entry, number: int) -> str:
        """Write one item."""
        del number
        lines = (f"<g:{name}>{escape(value)}</g:{name}>\n" for name, value in _flat(entry.item))
        return f"<item>\n{''.join(lines)}</item>\n"

    def tail(self) -> str:
        """End the channel."""
        return "</channel>\n</rss>\n"


class Json:
    """One object for each variant; numbers of pieces by location are here alone."""

    def head(self, channel: Channel) -> str:
        """Begin the list; it is the feed."""
        del channel
        return "["

    def item(self, entry: Entry, number: int) -> str:
        """Write one object."""
        told = {
            **entry.item,
            "currency": entry.currency,
            "sku": entry.sku,
            "inventory": entry.stock,
        }
        return f"{',' if number else ''}\n{json.dumps(told, ensure_ascii=False)}"

    def tail(self) -> str:
        """End the list."""
        return "\n]\n"


WORDINGS: Final[dict[Format, Wording]] = {"xml": Rss(), "json": Json()}


def _text(said: str) -> str:
    """Write what the merchant calls the store as XML may hold it."""
    return escape(cleaned(said))


def _flat(told: Item) -> Iterator[tuple[str, str]]:
    for name, value in told.items():
        for one in [value] if isinstance(value, str) else value:
            yield name, one
