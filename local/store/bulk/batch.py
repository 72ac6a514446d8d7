"""What an operation takes in, a part at a time."""

from typing import NamedTuple


class Denied(Exception):
    """The inner query asks for something that the app may not see."""


class Batch(NamedTuple):
    """What became of some objects of the first list."""

    lines: bytes
    objects: int
    roots: int
