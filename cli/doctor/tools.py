"""Programs of this machine that a deployment is made with."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from infra.interpreters import compiler
from infra.runtime import LAMBDA, PYTHON
from local.places import ROOT, VENV
from local.setup import OLDEST_NODE, has_node
from shopbridge.reconciliation.finding import Check, judged


def tools(root: Path = ROOT) -> Iterator[Check]:
    """Look at the CDK command line, Node and Python."""
    pinned = json.loads((root / "package.json").read_text())["devDependencies"]["aws-cdk"]
    installed = _version(root / "node_modules" / "aws-cdk" / "package.json")
    yield judged(
        "tools",
        "CDK command line",
        installed == pinned,
        f"{installed or 'none'}, pinned {pinned}",
        why="npm's `latest` is 3.0.0 of 2025, which cannot read what today's library writes.",
        mend="make setup",
    )
    node = has_node(os.get_exec_path()) or (VENV / "bin" / "node").exists()
    yield judged(
        "tools",
        "Node",
        node,
        f"{OLDEST_NODE} or newer" if node else "none",
        why="The CDK runs on it, and older ones get no security fixes.",
        mend="make setup",
    )
    python = compiler(LAMBDA)
    yield judged(
        "tools",
        f"Python {PYTHON}",
        python is not None,
        python or "none",
        why="Assets built without it hold no bytecode: every cold start takes 2.7 times as long.",
        mend=f".venv/bin/uv python install {PYTHON}",
    )


def _version(file: Path) -> str:
    return str(json.loads(file.read_text())["version"]) if file.exists() else ""
