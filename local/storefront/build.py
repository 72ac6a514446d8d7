"""Builds both extensions below `.local`, the pixel as Shopify's command line would."""

import subprocess
from pathlib import Path
from typing import Final

from local.places import LOCAL, ROOT, VENV

BUILT: Final = LOCAL / "storefront"
PIXEL: Final = BUILT / "pixel.js"


def build() -> None:
    """Bundle app embed and web pixel from their sources."""
    subprocess.run([node(), "storefront/build.mjs", BUILT], cwd=ROOT, check=True)


def node() -> Path | str:
    """Return the Node of the setup, or the one that is installed."""
    ours = VENV / "bin" / "node"
    return ours if ours.exists() else "node"
