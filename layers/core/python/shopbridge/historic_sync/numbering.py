"""
Numbers of commands, which name their ledger rows: an object's id and one digit. Pure.

An order becomes several commands; the digit says which of them, so that reading a page
again makes the same rows whatever else has happened to the order meanwhile.
"""

COMMANDS = 10
"""That one object may become, at most."""

Made = dict[str, set[int]]
"""Ids of what was read, and which commands each became, by their digit."""


def number(id_: str, place: int) -> int:
    """Name the command at `place` of the object `id_`."""
    return int(id_) * COMMANDS + place


def merged(before: Made, more: Made) -> Made:
    """Join what was made before with what was made now: nothing that was made is unmade."""
    return {id_: before.get(id_, set()) | more.get(id_, set()) for id_ in before | more}


def commands(made: Made) -> int:
    """Count the commands in `made`."""
    return sum(map(len, made.values()))
