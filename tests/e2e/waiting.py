"""Waiting for what the system does in the background: looking again until it is there."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PAUSE_SECONDS = 0.1


def until(
    look: Callable[[], T | None],
    what: str,
    *,
    seconds: float = 30,
    wait: Callable[[float], None] = time.sleep,
) -> T:
    """Return what `look` sees as soon as it is anything; fail after `seconds`, naming `what`."""
    ends_at = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > ends_at:
            raise AssertionError(f"not within {seconds:g} s: {what}")
        wait(PAUSE_SECONDS)
    return seen
