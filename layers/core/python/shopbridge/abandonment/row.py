"""A watched checkout as it lies in its table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from shopbridge import times
from shopbridge.abandonment.due import shard_of
from shopbridge.receipts.effects import shard_of as partition_of

PREFIX = "checkout#"

KEPT: Final = timedelta(days=7)
"""How long a row lives on after it was last written."""


@dataclass(frozen=True, slots=True)
class Row:
    """A checkout that is waited for; what it would tell is sealed."""

    token: str
    epoch: int
    at: datetime
    """When it was last changed, by Shopify's clock."""
    due_at: datetime
    """When it is abandoned."""
    look_at: datetime
    """When somebody looks: first then, later where its store may send nothing."""
    marks: Sequence[str]
    """Its cart and buyer, by which an order may close it."""
    sealed: bytes

    def attributes(self) -> dict[str, Any]:
        """Return what is written of it beside its key."""
        return {
            "epoch": self.epoch,
            "at": times.text(self.at),
            "due_at": times.text(self.due_at),
            "due": shard_of(self.token),
            "look_at": times.text(self.look_at),
            "marks": list(self.marks),
            "sealed": self.sealed,
        }


def key_of(store: str, name: str) -> dict[str, str]:
    """Return the key of a row: shards are named after what lies in them."""
    return {"store_shard": partition_of(store, name), "row": name}


def expiry(now: datetime) -> int:
    """Return when a row that is written now may go, as DynamoDB counts."""
    return int((now + KEPT).timestamp())


def name_of(token: str) -> str:
    """Name the row of a checkout."""
    return f"{PREFIX}{token}"


def row(item: Mapping[str, Any]) -> Row | None:
    """Read a row; None for one that waits for nothing any more."""
    if "due" not in item:
        return None
    return Row(
        token=str(item["row"]).removeprefix(PREFIX),
        epoch=int(item["epoch"]),
        at=times.parse(item["at"]),
        due_at=times.parse(item["due_at"]),
        look_at=times.parse(item["look_at"]),
        marks=tuple(item["marks"]),
        sealed=bytes(item["sealed"]),
    )
