"""Time for many who work at once: it passes only where all of them wait, so nobody is slow."""

import threading
from collections.abc import Callable
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count

from tests.integration.pipeline.clock import Clock


class Turns(Clock):
    """
    One thread for each who works, of which one at a time is awake.

    Whoever sleeps is woken at their time, in its order; what the machine takes for the work in
    between does not count. So delays are those of the system, and the same on every machine.
    """

    def __init__(self) -> None:
        super().__init__()
        self._due: list[tuple[float, int, threading.Event]] = []
        self._numbers = count()
        self._back = threading.Semaphore(0)
        self._mine = threading.local()
        self._wrong: list[BaseException] = []

    def begin(self, work: Callable[[], None]) -> None:
        """Let somebody work from now on."""
        go = self._at(0)

        def body() -> None:
            go.wait()
            self._mine.works = True
            try:
                work()
            except BaseException as exc:
                self._wrong.append(exc)
            self._back.release()

        threading.Thread(target=body, daemon=True).start()

    def sleep(self, seconds: float) -> None:
        """Wait, and let the others work; before anybody does, time passes at once."""
        if not getattr(self._mine, "works", False):
            super().sleep(seconds)
            return
        go = self._at(seconds)
        self._back.release()
        go.wait()

    def run(self) -> None:
        """
        Let all work to their end.

        Raises:
            Exception: the first that somebody raised.
        """
        while self._due and not self._wrong:
            at, _, go = heappop(self._due)
            super().sleep(at - self.seconds())
            go.set()
            self._back.acquire()
        if self._wrong:
            raise self._wrong[0]

    def _at(self, seconds: float) -> threading.Event:
        go = threading.Event()
        at = (self._now + timedelta(seconds=seconds)).timestamp()
        heappush(self._due, (at, next(self._numbers), go))
        return go
