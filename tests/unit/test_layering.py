"""What may know what: the start-up of webhooks, the purity of translations, one word per place."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = ROOT / "layers" / "core" / "python"
WEBHOOKS = sorted((ROOT / "functions" / "webhooks").glob("*/*.py"))
COLLECT = ROOT / "functions" / "website_tracking" / "collect.py"
TRANSLATIONS = sorted((CORE / "shopbridge" / "translate").glob("*.py"))

TOO_HEAVY = (
    "aws_lambda_powertools.event_handler",
    "aws_lambda_powertools.tracing",
    "aws_lambda_powertools.utilities.parser",
    "aws_xray_sdk",
    "boto3",
    "botocore",
    "dataclasses",
    "email",
    "http.client",
    "httpx",
    "phonenumbers",
    "pydantic",
    "requests",
    "shopify_app",
    "urllib.parse",
)
"""Each makes a cold webhook slower, some several times (docs/performance.md, docs/decisions.md)."""

LOADED = """
import importlib, sys
before = set(sys.modules)
for name in sys.argv[1:]:
    importlib.import_module(name)
print("\\n".join(sorted(set(sys.modules) - before)))
"""


def test_webhooks_load_nothing_heavy() -> None:
    """A fresh interpreter that imports every function of the hot path has none of these."""
    names = [".".join(p.relative_to(ROOT).with_suffix("").parts) for p in (*WEBHOOKS, COLLECT)]

    told = subprocess.run(
        [sys.executable, "-c", LOADED, *names],
        env={"PYTHONPATH": f"{ROOT}:{CORE}"},
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = told.stdout.split()
    assert {"shopbridge.entry.webhook", "shopbridge.entry.collect"} <= set(loaded)
    assert [name for name in loaded if name.startswith(TOO_HEAVY)] == []


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: str(path.stem))
def test_translation_asks_nobody(path: Path) -> None:
    """The same body gives the same commands: no clock, chance, file, network or environment."""
    tree = ast.parse(path.read_text())

    modules = set(imported(tree))
    called = {node.func.attr for node in calls(tree) if isinstance(node.func, ast.Attribute)}
    named = {node.func.id for node in calls(tree) if isinstance(node.func, ast.Name)}

    assert modules.isdisjoint({"os", "time", "random", "secrets", "socket", "uuid", "logging"})
    assert called.isdisjoint({"now", "today", "utcnow", "getenv", "read_text", "write_text"})
    assert named.isdisjoint({"open", "print", "input", "exec", "eval", "__import__"})


def test_one_module_reads_the_environment() -> None:
    """Everything else is handed its settings."""
    readers = [
        path.relative_to(CORE).as_posix()
        for path in CORE.rglob("*.py")
        if "os" in imported(ast.parse(path.read_text()))
    ]

    assert readers == ["shopbridge/environment.py"]


def test_surprises_are_caught_by_shells_only() -> None:
    """`except Exception` hides mistakes; below the shells every error has a name."""
    catchers = {
        path.relative_to(CORE / "shopbridge").parts[0]
        for path in CORE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        if node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception")
    }

    assert catchers <= {"entry"}


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the top-level packages that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield every call in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node
