"""
Counts of e-mail consent per store, added up from the stream of the contacts' table.

They lie in the ledger's table, in a partition of their own: what they write there causes
no further change of a contact.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from shopbridge.consents.counted import counts
from shopbridge.ledger.names import consents_partition
from shopbridge.tallies import Change, Tallies, steps

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


class ConsentCounters:
    """Adds to the counts of consent."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def apply(self, shard: str, changes: Sequence[Change], now: datetime) -> int:
        """Count `changes` of one shard, in their order; return how many counters moved."""
        by_place = steps(changes, partial(counts, now=now))
        tallies = Tallies(self._table, shard, now)
        return sum(
            tallies.add(
                {"delivery": consents_partition(place.store), "row": place.row},
                by_place[place],
                place.expires,
            )
            for place in sorted(by_place)
        )
