"""Programs in the background: started in a session of their own, found again, stopped."""

import contextlib
import fcntl
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from pathlib import Path

POLL_SECONDS = 0.1
STOP_SECONDS = 10  # what a program gets to end by itself


class NotServing(Exception):
    """A program ended, or did not answer in time; the message ends with what it said last."""


class Background:
    """
    One background program and its two files: `<name>.pid` and `<name>.log`.

    The program itself holds a lock on its pid file, given to it at birth. So a file left by a
    machine that went down, or a number that the system gave to somebody else since, is never
    taken for a running program.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        self._pid_file = folder / f"{name}.pid"
        self._child: subprocess.Popen[bytes] | None = None

    def start(
        self, command: Sequence[str | Path], *, cwd: Path, environment: Mapping[str, str]
    ) -> None:
        """Start `command`, which must not run yet; does not wait until it serves."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self._pid_file.open("a") as held, self.log.open("wb") as log:
            fcntl.flock(held, fcntl.LOCK_EX)
            self._child = subprocess.Popen(
                command,
                cwd=cwd,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=[held.fileno()],
            )
            held.truncate(0)
            held.write(str(self._child.pid))

    @property
    def alive(self) -> bool:
        """Whether the program runs."""
        try:
            with self._pid_file.open("r+") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    def wait_until_serving(self, url: str, *, seconds: float) -> None:
        """
        Return as soon as `url` answers 200.

        Raises:
            NotServing: the program ended, or `seconds` are over.
        """
        deadline = time.monotonic() + seconds
        while not _answers(url):
            if not self.alive:
                raise NotServing(f"{self.name} ended at once:\n{self._last_words()}")
            if time.monotonic() > deadline:
                raise NotServing(f"{self.name} did not answer on {url}:\n{self._last_words()}")
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        """End the program and all that it started; first politely, then for good."""
        if self.alive:
            group = int(self._pid_file.read_text())
            os.kill(group, signal.SIGTERM)
            deadline = time.monotonic() + STOP_SECONDS
            while self.alive and time.monotonic() < deadline:
                time.sleep(POLL_SECONDS)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(group, signal.SIGKILL)
        if self._child is not None:
            self._child.wait()
        self._pid_file.unlink(missing_ok=True)

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except (urllib.error.URLError, OSError):
        return False
