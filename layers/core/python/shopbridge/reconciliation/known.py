"""What the ledger knows already of things that did not arrive: they wait for somebody."""

from itertools import islice
from typing import Final

from shopbridge.ledger.reader import Ledger

MOST: Final = 2_000
"""Open rows that are looked at; where more wait, the first thing to mend is not a contact."""

Waiting = frozenset[tuple[str, str]]
"""Kind and label of each command that is parked or failed."""


def waiting(ledger: Ledger, store: str) -> Waiting:
    """List what waits for somebody."""
    rows = islice(ledger.open(store), MOST)
    return frozenset((str(row["kind"]), str(row["label"])) for row in rows if "kind" in row)
