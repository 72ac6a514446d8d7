"""Tells whoever waits what is going on, and how long it took."""

import contextlib
import time
from collections.abc import Callable, Iterator

Say = Callable[[str], None]


@contextlib.contextmanager
def timed(say: Say, what: str) -> Iterator[None]:
    """Say `what` before and after, then with the seconds that it took."""
    say(f"{what} ...")
    began = time.monotonic()
    yield
    say(f"{what}: {time.monotonic() - began:.1f} s")
