"""`translate/` is pure: it cannot reach a clock, the network or the environment."""

import ast
from pathlib import Path

import pytest

from infra.topics import ROOT, TOPICS

PACKAGE = ROOT / "layers" / "core" / "python" / "shopbridge"
TRANSLATE = sorted((PACKAGE / "translate").glob("*.py"))
PAYLOADS = sorted((PACKAGE / "shopify" / "payloads").glob("*.py"))

WORDS = {
    *("collections.abc", "datetime", "decimal", "hashlib", "re", "typing", "msgspec"),
    *("shopbridge", "shopbridge.commands", "shopbridge.errors", "shopbridge.stores.profile"),
    # What workers hand to the mapping of contacts: the settings, and what Shopify answered.
    *("shopbridge.shopify.people", "shopbridge.stores.settings", "shopbridge.stores.store"),
    # What makes text of GraphQL's answers as safe as that of webhooks; it decodes, no more.
    "shopbridge.shopify.reading",
}
"""What a translation may use besides payloads and its neighbours; `shopbridge` for `times`."""

TOPIC_WORDS = {"shopbridge.commands", "shopbridge.entry.webhook", "shopbridge.stores.profile"}

CLOCKS = {"now", "utcnow", "today", "fromtimestamp"}


def _imported(source: Path) -> set[str]:
    """Name the modules that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def _beyond(source: Path, allowed: set[str], *packages: str) -> set[str]:
    """Name what a file imports from outside `allowed` and `packages`."""
    return {name for name in _imported(source) - allowed if not name.startswith(packages)}


@pytest.mark.parametrize("source", TRANSLATE, ids=lambda path: path.stem)
def test_a_translation_reaches_nothing_outside(source: Path) -> None:
    """Translations import words, payloads and each other, nothing that does anything."""
    reached = _beyond(source, WORDS, "shopbridge.translate", "shopbridge.shopify.payloads")

    assert reached == set()


@pytest.mark.parametrize("source", PAYLOADS, ids=lambda path: path.stem)
def test_a_payload_knows_only_types(source: Path) -> None:
    """Payloads import types and each other."""
    reached = _beyond(
        source, {"datetime", "decimal", "typing", "msgspec"}, "shopbridge.shopify.payloads"
    )

    assert reached == set()


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_reaches_only_its_shell_and_its_meaning(topic: str) -> None:
    """A topic's file imports words, a payload, translations and the shell."""
    reached = _beyond(
        TOPICS[topic], TOPIC_WORDS, "shopbridge.translate", "shopbridge.shopify.payloads"
    )

    assert reached == set()


@pytest.mark.parametrize("source", TRANSLATE, ids=lambda path: path.stem)
def test_a_translation_asks_no_clock(source: Path) -> None:
    """No `datetime.now()` and the like: every time comes out of the body."""
    tree = ast.parse(source.read_text("utf-8"))

    asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} & CLOCKS

    assert asked == set()
