"""Effect keys: what a command changes outside, however we learned of it."""

from zlib import crc32

from shopbridge.commands import RecordActivity

SHARDS = 10


def effect_of(activity: RecordActivity, asset: str) -> str:
    """
    Name what recording `activity` at website asset `asset` changes.

    The same purchase seen live, in history, in a repair or in a replay has one name.
    """
    return "/".join((asset, activity.name, activity.resource, activity.version))


def shard_of(store: str, effect: str) -> str:
    """Name the partition of `effect`, one of ten for each store."""
    return f"{store}#{crc32(effect.encode()) % SHARDS}"
