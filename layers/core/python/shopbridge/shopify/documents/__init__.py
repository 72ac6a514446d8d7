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
    """Read the document `<name>.graphql`, with the fragments that it uses."""
    text = files(__name__).joinpath(f"{name}.graphql").read_text("utf-8")
    used = sorted(set(_SPREAD.findall(text)))
    return "\n".join([text, *map(_fragment, used)])


def _fragment(name: str) -> str:
    return files(__name__).joinpath("fragments", f"{name}.graphql").read_text("utf-8")
