"""Waits for the store's past: the historic sync that the demo begins with."""

import time
from collections.abc import Callable

from local.demo.sending import wait
from local.processes import NotServing
from shopbridge.historic_sync.run import Run

LOOK_SECONDS = 1.0


def arrived(latest: Callable[[], Run | None], patience: float) -> Run:
    """
    Look at a run until it is over, and return it.

    Raises:
        NotServing: it is not over when `patience` (seconds) is.
    """
    ends_at = time.monotonic() + patience
    while True:
        run = latest()
        if run and run.is_over:
            return run
        if time.monotonic() > ends_at:
            raise NotServing("the historic sync does not end")
        wait(time.monotonic() + LOOK_SECONDS)
