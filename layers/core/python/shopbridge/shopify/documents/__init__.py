"""
GraphQL documents, one file each; tests validate them against Shopify's own schema.

What several of them ask for is a fragment, in a file of its own below `fragments`.
"""

import re
from functools import cache
from importlib.resources import files

_SPREAD = re.compile(r"\.\.\.(\w+)")


@cache
def load(name: str) -> str:
    """Read the document `<name>.graphql`, with the fragments that it and they use."""
    text = files(__name__).joinpath(f"{name}.graphql").read_text("utf-8")
    used: dict[str, str] = {}
    while missing := sorted(_used(text, *used.values()) - used.keys()):
        used |= {fragment: _fragment(fragment) for fragment in missing}
    return "\n".join([text, *used.values()])


def _used(*texts: str) -> set[str]:
    return {name for text in texts for name in _SPREAD.findall(text)}


def _fragment(name: str) -> str:
    return files(__name__).joinpath("fragments", f"{name}.graphql").read_text("utf-8")
