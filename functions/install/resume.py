"""Sends on what was parked until its store was installed or authorised again."""

from functools import cache

from shopbridge.entry.resumption import Resumption, wired
from shopbridge.environment import Environment
from shopbridge.parked.resume import Resume


@cache
def resume() -> Resume:
    """Wire what sends on, once per warm function."""
    return wired(Environment())


handler = Resumption(resume)
