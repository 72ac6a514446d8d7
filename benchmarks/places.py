"""Where the benchmarks keep things, and the trees that measured processes import from."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".local" / "bench"
REQUIREMENTS = ROOT / "requirements"


class NotBuilt(Exception):
    """A tree could not be built: the first run needs a network."""


@dataclass(frozen=True, slots=True)
class Trees:
    """Directories by name, as `benchmarks.trees` printed them."""

    paths: dict[str, str]

    def __getitem__(self, name: str) -> str:
        """
        Return one tree.

        Raises:
            NotBuilt: there is none.
        """
        if name not in self.paths:
            raise NotBuilt(f"`{name}` could not be fetched; the first run needs a network")
        return self.paths[name]

    def lean(self) -> list[str]:
        """Where our webhook function imports from, as on Lambda."""
        return [self["function"], self["core"], self["lean"]]

    def typical(self) -> list[str]:
        """Where the typical handler imports from."""
        return [self["typical"], self["typical_vendor"], self["runtime"]]


@cache
def trees() -> Trees:
    """Build what is not there yet, in a process of its own."""
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.trees"],
        cwd=ROOT,
        env=os.environ | {"PATH": tools},
        stdout=subprocess.PIPE,
        check=True,
    )
    return Trees(json.loads(done.stdout))
