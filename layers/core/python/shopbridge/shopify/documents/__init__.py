"""
GraphQL documents, one file each; tests validate them against Shopify's own schema.

What several of them ask for is a fragment, in a file of its own below `fragments`.
"""

import json
import re
from functools import cache
from importlib.resources import files

_SPREAD = re.compile(r"\.\.\.(\w+)")


@cache
def load(name: str) -> str:
    """Read the document `<name>.graphql`, with the fragments that it and they use."""
    text = _text(name)
    used: dict[str, str] = {}
    while missing := sorted(_used(text, *used.values()) - used.keys()):
        used |= {fragment: _fragment(fragment) for fragment in missing}
    return "\n".join([text, *used.values()])


def inner(name: str, query: str) -> str:
    """
    Write the document `<name>.graphql` as a bulk operation takes it.

    It knows no variables, so `query` stands in their place, and fragments stand where they
    are used: an operation that asks for the same is the same text.
    """
    text = _text(name)
    text = text[text.index("{") :]
    while _SPREAD.search(text):
        text = _SPREAD.sub(lambda spread: _inside(_fragment(spread[1])), text)
    return " ".join(text.replace("$query", json.dumps(query)).split())


def _inside(fragment: str) -> str:
    return fragment[fragment.index("{") + 1 : fragment.rindex("}")]


def _text(name: str) -> str:
    return files(__name__).joinpath(f"{name}.graphql").read_text("utf-8")


def _used(*texts: str) -> set[str]:
    return {name for text in texts for name in _SPREAD.findall(text)}


def _fragment(name: str) -> str:
    return files(__name__).joinpath("fragments", f"{name}.graphql").read_text("utf-8")
