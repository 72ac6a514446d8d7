"""One thing that was looked at, and what to do where it is not as it should be."""

from dataclasses import dataclass
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


def good(group: Group, what: str, found: str = "") -> Check:
    """It is as it should be."""
    return Check(group, what, True, found)


def bad(group: Group, what: str, found: str, *, why: str, mend: str) -> Check:
    """It is not."""
    return Check(group, what, False, found, why, mend)


def judged(group: Group, what: str, ok: bool, found: str, *, why: str, mend: str) -> Check:
    """It is or is not, as `ok` says."""
    return good(group, what, found) if ok else bad(group, what, found, why=why, mend=mend)
