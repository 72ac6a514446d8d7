"""One thing that was looked at, and what to do where it is not as it should be."""

from dataclasses import dataclass, replace
from typing import Literal

Group = Literal["tools", "account", "app", "store", "netcore"]


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at; where it is not `ok`, why that matters and what mends it."""

    group: Group
    what: str
    ok: bool
    found: str = ""
    why: str = ""
    mend: str = ""
    mended: str = ""
    """What was done about it already; empty where somebody has to."""

    def after(self, mended: str) -> "Check":
        """Say what was done about it."""
        return replace(self, mended=mended)


def good(group: Group, what: str, found: str = "") -> Check:
    """It is as it should be."""
    return Check(group, what, True, found)


def bad(group: Group, what: str, found: str, *, why: str, mend: str) -> Check:
    """It is not."""
    return Check(group, what, False, found, why, mend)


def judged(  # noqa: PLR0913 - a check's whole text
    group: Group, what: str, ok: bool, found: str, *, why: str, mend: str
) -> Check:
    """It is or is not, as `ok` says."""
    return good(group, what, found) if ok else bad(group, what, found, why=why, mend=mend)
