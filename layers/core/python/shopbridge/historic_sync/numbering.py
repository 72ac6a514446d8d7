"""
Numbers of commands, which name their ledger rows: an object's id and one digit. Pure.

An order becomes several commands; the digit says which of them, so that reading a page
again makes the same rows whatever else has happened to the order meanwhile.
"""

COMMANDS = 10
"""That one object may become, at most."""

UNREADABLE = COMMANDS - 1
"""Stands for the commands of what is not as Shopify describes it: there are none."""

Made = dict[str, set[int]]
"""Ids of what was read, and which commands each became, by their digit."""


def number(id_: str, place: int) -> int:
    """Name the command at `place` of the object `id_`."""
    return int(id_) * COMMANDS + place


def merged(before: Made, more: Made) -> Made:
    """Join what was made before with what was made now: no command that was made is unmade."""
    joined = {id_: before.get(id_, set()) - {UNREADABLE} | places for id_, places in more.items()}
    return before | joined


def commands(made: Made) -> int:
    """Count the commands in `made`."""
    return sum(len(places - {UNREADABLE}) for places in made.values())
