"""Shopify's schema comes from exactly the package that was pinned."""

import io
import tarfile
from pathlib import Path

import pytest

from local.schema import MEMBER, WrongArchive, unpack


def test_another_archive_is_refused(tmp_path: Path) -> None:
    """A package with the right file but other bytes is not unpacked."""
    archive, target = tmp_path / "package.tgz", tmp_path / "schema.json.gz"
    with tarfile.open(archive, "w:gz") as package:
        package.addfile(tarfile.TarInfo(MEMBER), io.BytesIO(b""))

    with pytest.raises(WrongArchive):
        unpack(archive, target)

    assert not target.exists()
