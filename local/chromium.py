"""Finds a Chromium for the tests of the page; installs Debian's where this may be done."""

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")

INSTALL = ("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium")
OTHERWISE = (
    "browser: no Chromium found. On Debian: sudo apt-get install chromium. "
    "On macOS: brew install --cask google-chrome."
)


def chromium() -> str | None:
    """Return the path of a Chromium, None where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or (str(MAC) if MAC.exists() else None)


def main() -> None:
    """Make sure that there is one, or say what to do."""
    if chromium():
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise SystemExit(OTHERWISE)
    print("browser: installing Debian's Chromium ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (("apt-get", "update", "--quiet"), INSTALL):
        done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            raise SystemExit(f"browser: {' '.join(command)} failed.\n{OTHERWISE}")


if __name__ == "__main__":
    main()
