"""Finds the tools a build needs: uv, and a Python whose bytecode Lambda can load."""

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from infra.runtime import PYTHON, Platform


class MissingTool(Exception):
    """A program that the build needs is not on this machine."""


@cache
def uv() -> str:
    """The uv beside this Python, else the one on PATH."""
    found = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if found is None:
        raise MissingTool("uv is needed to build the layers; `make setup` installs it")
    return found


@cache
def version(interpreter: str) -> str:
    """What `interpreter` calls itself, e.g. `3.13`; empty when it does not run."""
    script = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run(
            [interpreter, "-c", script], capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip()


@cache
def compiler(platform: Platform) -> str | None:
    """
    The interpreter that compiles for `platform`, None when this machine has none.

    Bytecode belongs to one minor version of Python, so another one is of no use.
    """
    if platform.interpreter is not None:
        return str(platform.interpreter) if version(str(platform.interpreter)) else None
    candidates = (sys.executable, f"python{PYTHON}", *_beside_the_path())
    return next((found for found in candidates if version(found) == PYTHON), None)


def _beside_the_path() -> list[str]:
    """Where pyenv and uv keep a Python `PYTHON` that PATH may not lead to, newest first."""
    home = Path.home()
    found = [
        *home.glob(f".pyenv/versions/{PYTHON}.*/bin/python{PYTHON}"),
        *home.glob(f".local/share/uv/python/cpython-{PYTHON}.*/bin/python{PYTHON}"),
    ]
    return [str(path) for path in sorted(found, reverse=True)]
