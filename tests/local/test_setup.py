"""Setting up takes the system's Node where that is good enough, and brings its own otherwise."""

from pathlib import Path

import pytest

from local.places import VENV
from local.setup import has_node


@pytest.mark.parametrize(("version", "enough"), [("v20.20.2", False), ("v22.0.0", True)])
def test_the_systems_node_must_be_new_enough(tmp_path: Path, version: str, enough: bool) -> None:
    """Node 22 is the first that is supported long enough; 20 no longer is."""
    _program(tmp_path / "node", says=version)
    _program(tmp_path / "npm", says="11.0.0")

    found = has_node([str(tmp_path)])

    assert found is enough


def test_node_without_npm_is_not_enough(tmp_path: Path) -> None:
    """Debian packs npm apart from Node."""
    _program(tmp_path / "node", says="v24.0.0")

    assert not has_node([str(tmp_path)])


def test_our_own_node_is_not_the_systems() -> None:
    """`make` puts our environment first on the path; its Node must not lead to its own removal."""
    assert not has_node([str(VENV / "bin")])


def _program(path: Path, *, says: str) -> None:
    path.write_text(f"#!/bin/sh\necho {says}\n")
    path.chmod(0o755)
