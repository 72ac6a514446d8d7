"""Access scopes: what was granted, what that implies, and what is missing of what we need."""

from collections.abc import Iterable

Scopes = frozenset[str]

CATALOGUE = "read_locations"
"""Asked for when the merchant ticks Product catalogue; nothing else needs it."""

CUSTOMERS = "write_customers"
"""What unsubscribes and profiles of Netcore's are written with."""


def parse(listed: str) -> Scopes:
    """Read scopes as Shopify lists them: with commas, sometimes with spaces."""
    return frozenset(part.strip() for part in listed.split(",") if part.strip())


def text(scopes: Iterable[str]) -> str:
    """Write scopes as a row keeps them: sorted, with commas."""
    return ",".join(sorted(scopes))


def missing(needed: Iterable[str], granted: Scopes) -> list[str]:
    """List what of `needed` is neither granted nor implied: writing implies reading."""
    implied = {f"read_{s.removeprefix('write_')}" for s in granted if s.startswith("write_")}
    return sorted(set(needed) - granted - implied)
