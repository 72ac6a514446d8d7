"""
Shopify's own description of its Admin API, as the store simulator and the tests use it.

Shopify publishes it inside an npm package that needs 200 others to run. Only the file is
wanted, so the package's archive is fetched alone and checked against its pinned hash.
"""

import base64
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

from local.places import LOCAL

VERSION = "2026-10"
SCHEMA = LOCAL / f"schema/admin_{VERSION}.json.gz"

PACKAGE = "@shopify/dev-mcp@1.16.0"
SHA512 = "tqgRnK7sQhjew+htxtleTH23nXB5fZcsrhWgEkomsorGXvLOB2mh2upwZm8uzuTDNTZnqtLMe64yIwh6s2awtw=="
MEMBER = f"package/dist/data/admin_{VERSION}.json.gz"


class WrongArchive(Exception):
    """The package that came is not, byte for byte, the one that was pinned."""


def fetch(environment: Mapping[str, str]) -> None:
    """Put the schema in its place; `npm` is looked up on the `PATH` of `environment`."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", PACKAGE, "--silent", "--ignore-scripts", "--pack-destination", folder],
            env=environment,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        unpack(next(Path(folder).glob("*.tgz")), SCHEMA)


def unpack(archive: Path, target: Path) -> None:
    """
    Copy the one file out of `archive`.

    Raises:
        WrongArchive: the archive does not have the pinned hash.
    """
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != SHA512:
        raise WrongArchive(f"{PACKAGE} has the SHA-512 {digest}, expected {SHA512}")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as package, target.open("wb") as copy:
        member = package.extractfile(MEMBER)
        if member is None:
            raise WrongArchive(f"{MEMBER} is not a file")
        shutil.copyfileobj(member, copy)
