"""GraphQL documents, one file each; tests validate them against Shopify's own schema."""

from functools import cache
from importlib.resources import files


@cache
def load(name: str) -> str:
    """Read the document `<name>.graphql`."""
    return files(__name__).joinpath(f"{name}.graphql").read_text("utf-8")
