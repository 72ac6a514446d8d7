"""What the ledger knows already of things that did not arrive: they wait for somebody."""

from itertools import islice
from typing import Final

from shopbridge.ledger.reader import Ledger

MOST: Final = 2_000
"""Open rows that are looked at; where more wait, the first thing to mend is not a contact."""

Waiting = frozenset[tuple[str, str]]
"""Kind and label of each command that is parked or failed, and kind and effect key."""


def waiting(ledger: Ledger, store: str) -> Waiting:
    """List what waits for somebody."""
    rows = islice(ledger.open(store), MOST)
    commands = [row for row in rows if "kind" in row]
    return frozenset(
        (str(row["kind"]), str(row[by]))
        for row in commands
        for by in ("label", "effect")
        if row.get(by)
    )
