"""When a checkout counts as abandoned, and where the index of due ones holds it. Pure."""

from datetime import datetime, timedelta
from typing import Final
from zlib import crc32

ABANDONMENT: Final = "abandonment"
"""Stands in the ledger where a webhook's topic does, for what our timer triggers."""

LEAST_WAIT: Final = timedelta(minutes=15)
"""A checkout that arrives late still waits so long: its order may be as late."""

WORTH: Final = timedelta(hours=24)
"""How late it may still be told; Netcore starts no journey for what is older."""

SHARDS: Final = tuple(map(str, range(10)))
"""Partitions of the index: a thousand changes a second each."""


def due_at(at: datetime, delay: timedelta, now: datetime) -> datetime:
    """Return when a checkout last changed `at` is abandoned."""
    return max(at + delay, now + LEAST_WAIT)


def is_too_late(due: datetime, now: datetime) -> bool:
    """Whether what was due is no longer worth telling."""
    return now - due > WORTH


def shard_of(token: str) -> str:
    """Name the index partition of a checkout."""
    return SHARDS[crc32(token.encode()) % len(SHARDS)]
