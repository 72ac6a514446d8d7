"""
Takes a bulk operation's result apart: whole lines, and objects with what is nested in them. Pure.

A nested object is a line of its own that names its parent. It is put back where a page would
have it, by splicing bytes: nothing is decoded that is not needed to find its place.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import msgspec

from shopbridge.errors import ShopbridgeError

MOST_LOOSE: Final = 10_000
"""Nested lines that wait for their parent; a grouped result has none, or few."""


class Unusable(ShopbridgeError):
    """The result is not what Shopify says it is; it is asked for again."""


class Line(msgspec.Struct, gc=False):
    """What of a line says where it belongs."""

    id: str
    created_at: str = msgspec.field(default="", name="createdAt")
    parent: str = msgspec.field(default="", name="__parentId")


class Object(msgspec.Struct, gc=False):
    """One object of the first list, as a page would have it."""

    id: str
    created_at: str
    text: bytes
    """Its JSON."""
    lines: int
    end: int
    """Position in the result up to which all is read once it is dealt with."""


_decode = msgspec.json.Decoder(Line).decode


def whole_lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """
    Yield lines without their ends, however blocks cut them.

    Raises:
        Unusable: the last line has no end.
    """
    rest = b""
    for block in blocks:
        lines = (rest + block).split(b"\n") if rest else block.split(b"\n")
        rest = lines.pop()
        yield from lines
    if rest:
        raise Unusable("its last line is cut")


def objects(
    lines: Iterable[bytes], start: int = 0, nested: Mapping[str, str] | None = None
) -> Iterator[Object]:
    """
    Yield the objects of the first list in their order; `start` is where the lines begin.

    `nested` names the list that a nested object belongs to, by its type: `LineItem` to
    `lineItems`. Without it there is nothing nested, and each line is an object.

    Raises:
        Unusable: a line that is no object, or a nested one without its parent.
    """
    try:
        yield from Grouping(nested, start).of(lines) if nested else _flat(lines, start)
    except msgspec.DecodeError as exc:
        raise Unusable("a line that is no object") from exc


def _flat(lines: Iterable[bytes], at: int) -> Iterator[Object]:
    for text in lines:
        at += len(text) + 1
        line = _decode(text)
        if line.parent:
            raise Unusable("a nested object that nobody asked for")
        yield Object(line.id, line.created_at, text, 1, at)


@dataclass(slots=True)
class Nested:
    """An object and what is nested in it, by the list that it belongs to."""

    line: Line
    text: bytes
    at: int
    inner: dict[str, list["Nested"]] = field(default_factory=dict)

    def whole(self, lists_of: Iterable[str] = ()) -> bytes:
        """Write it as a page has it; what is in `lists_of` is there even where it is empty."""
        inner = {**{name: [] for name in lists_of}, **self.inner}
        lists = [
            b'"%s":{"nodes":[%s]}' % (name.encode(), b",".join(one.whole() for one in held))
            for name, held in inner.items()
        ]
        return b"%s,%s}" % (self.text.rstrip()[:-1], b",".join(lists)) if lists else self.text


class Grouping:
    """
    Gathers what belongs together, whether it comes after its parent or before it.

    Memory holds one object, and what came too early for its own.
    """

    def __init__(self, nested: Mapping[str, str], start: int) -> None:
        self._nested = nested
        self._at = start
        self._root: Nested | None = None
        self._known: dict[str, Nested] = {}
        self._loose: dict[str, list[Nested]] = {}
        self._many = 0
        self._lines = 0

    def of(self, lines: Iterable[bytes]) -> Iterator[Object]:
        """Yield each object once the next one begins."""
        for text in lines:
            one = Nested(_decode(text), text, self._at)
            self._at += len(text) + 1
            if one.line.parent:
                self._hold(one)
                continue
            if self._root:
                yield self._closed(self._begin(one))
            self._open(one)
        if self._root:
            yield self._closed(self._at)
        if self._many:
            raise Unusable("nested objects without their parent")

    def _begin(self, one: Nested) -> int:
        """Return where what belongs to `one` begins: what came too early lies before it."""
        return min([one.at, *(each.at for held in self._loose.values() for each in held)])

    def _open(self, one: Nested) -> None:
        self._root, self._known, self._lines = one, {}, 0
        self._adopt(one)

    def _adopt(self, one: Nested) -> None:
        self._known[one.line.id] = one
        self._lines += 1
        for each in self._loose.pop(one.line.id, ()):
            self._many -= 1
            self._attach(one, each)

    def _attach(self, parent: Nested, one: Nested) -> None:
        kind = one.line.id.split("/")[-2] if "/" in one.line.id else ""
        name = self._nested.get(kind)
        if name is None:
            raise Unusable(f"a nested {kind or 'object'} that nobody asked for")
        parent.inner.setdefault(name, []).append(one)
        self._adopt(one)

    def _hold(self, one: Nested) -> None:
        parent = self._known.get(one.line.parent)
        if parent:
            self._attach(parent, one)
            return
        self._loose.setdefault(one.line.parent, []).append(one)
        self._many += 1
        if self._many > MOST_LOOSE:
            raise Unusable("nested objects far from their parent")

    def _closed(self, end: int) -> Object:
        assert self._root is not None
        line = self._root.line
        return Object(
            line.id, line.created_at, self._root.whole(self._nested.values()), self._lines, end
        )
