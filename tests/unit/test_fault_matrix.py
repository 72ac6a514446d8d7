"""The fault matrix: for each row the tests that bring the fault about, or why there are none."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
ROWS: list[dict[str, Any]] = json.loads((ROOT / "tests/fixtures/faults.json").read_text())


def test_every_row_is_here() -> None:
    """Of ingest, queues, storage, Netcore, Shopify, history, repairs, installs and secrets."""
    assert [row["row"] for row in ROWS] == [*range(1, 73)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["row"]))
def test_row_is_tested(row: dict[str, Any]) -> None:
    """What a row names exists; a row without tests says what covers it."""
    for name in row.get("tests", ()):
        path, _, function = name.partition("::")
        tree = ast.parse((ROOT / path).read_text())
        assert function in {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}

    assert row.get("tests") or len(row["elsewhere"]) > 15
