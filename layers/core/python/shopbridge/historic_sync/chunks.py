"""Puts a page's commands into messages: few enough for a worker, small enough for SQS. Pure."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from shopbridge.commands import Command
from shopbridge.historic_sync.lane import COMMANDS, LARGEST

ROOM = LARGEST * 3 // 4 - 2_000
"""Bytes of commands in a message: base64 makes four characters of three, the head has its own."""

Numbered = tuple[int, Command]
"""A command and the id of the object it is about."""


def chunks(commands: Iterable[Numbered]) -> Iterator[Sequence[Numbered]]:
    """Cut `commands` into messages."""
    chunk: list[Numbered] = []
    size = 0
    for one in commands:
        length = len(msgspec.json.encode(one[1])) + 1
        if chunk and (len(chunk) == COMMANDS or size + length > ROOM):
            yield chunk
            chunk, size = [], 0
        chunk.append(one)
        size += length
    if chunk:
        yield chunk
