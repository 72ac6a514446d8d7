"""Keeps what was received over a restart of the simulator."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any


class Journal:
    """A file of JSON lines, readable by its owner only, since it holds what contacts hold."""

    def __init__(self, file: Path) -> None:
        self._file = file
        file.touch(mode=0o600)

    def entries(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give back kind and entry of everything kept, and drop a line that a crash cut off."""
        data = self._file.read_bytes()
        whole = data.rfind(b"\n") + 1
        os.truncate(self._file, whole)
        for line in data[:whole].splitlines():
            kind, entry = json.loads(line)
            yield kind, entry

    def add(self, kind: str, entries: Iterable[dict[str, Any]]) -> None:
        """Append `entries`; they survive the process, not the machine."""
        with self._file.open("a", encoding="ascii") as lines:
            lines.writelines(f"{json.dumps([kind, entry])}\n" for entry in entries)

    def clear(self) -> None:
        """Forget everything."""
        os.truncate(self._file, 0)
