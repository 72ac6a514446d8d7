"""The webhook topics we serve: one source file each, path and topic the same. Imports no CDK."""

import ast
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).parents[1]
FUNCTIONS = ROOT / "functions"
WEBHOOKS = FUNCTIONS / "webhooks"

# Shopify writes the topics of this one resource with a dot: `customer.tags_added`.
DOTTED = frozenset({"customer"})

# Shopify sends these to every app, whatever its scopes, and has a word of its own for them.
COMPLIANCE = frozenset({"customers/data_request", "customers/redact", "shop/redact"})


def topic_of(source: Path) -> str:
    """The topic that the file `<resource>/<event>.py` serves."""
    resource = source.parent.name
    return f"{resource}{'.' if resource in DOTTED else '/'}{source.stem}"


def topics(webhooks: Path = WEBHOOKS) -> Mapping[str, Path]:
    """Every topic below `webhooks` with its file, in alphabetical order."""
    found = {topic_of(path): path for path in webhooks.glob("*/*.py") if path.stem != "__init__"}
    return MappingProxyType(dict(sorted(found.items())))


TOPICS = topics()


def summary(source: Path) -> str:
    """First line of the docstring of `source`: its README row and console description."""
    return (ast.get_docstring(ast.parse(source.read_text("utf-8"))) or "").partition("\n")[0]
