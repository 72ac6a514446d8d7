"""
Where feeds are noted: one row for each store, and one for each address that leads to it.

Both lie in the catalogue's table, in partitions that no store's name can be. The rows of
all stores share a partition, so whoever looks for what is to be built reads that one; an
address is found by its digest alone, so nobody learns addresses from the table.
"""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from boto3.dynamodb.conditions import Key

from shopbridge import paged, times
from shopbridge.catalogue.feed import Build, Feed, read, written_build
from shopbridge.conditional import written

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

FEEDS: Final = "#feeds"
"""Partition of the stores' rows."""

ADDRESS_BYTES: Final = 24
"""Of chance in an address: 192 bits."""


class Feeds:
    """The feeds of all stores."""

    def __init__(self, table: "Table") -> None:
        self.table = table

    def all(self) -> Iterator[Feed]:
        """Yield what is noted of every feed, whatever state its store is in."""
        return map(read, paged.queried(self.table, Key("store").eq(FEEDS)))

    def get(self, store: str) -> Feed | None:
        """Return what is noted of a store's feed."""
        item = self.table.get_item(Key=_key(store), ConsistentRead=True).get("Item")
        return read(item) if item else None

    def at(self, address: str) -> Feed | None:
        """Return the feed that `address` leads to; None where it never did or no longer does."""
        digest = digest_of(address)
        found = self.table.get_item(Key=_address_key(digest), ConsistentRead=True).get("Item")
        feed = self.get(str(found["of"])) if found else None
        return feed if feed and feed.digest == digest else None

    def mark(self, store: str, until: datetime) -> None:
        """Note, before the first row is changed, that rows may be changed `until` then."""
        written(
            lambda: self.table.update_item(
                Key=_key(store),
                UpdateExpression="SET changed_until = :until",
                ConditionExpression="attribute_not_exists(changed_until) OR changed_until < :until",
                ExpressionAttributeValues={":until": times.text(until)},
            )
        )

    def claim(self, store: str, now: datetime, until: datetime) -> bool:
        """Take a build on until then; False where somebody else has."""
        return written(
            lambda: self.table.update_item(
                Key=_key(store),
                UpdateExpression="SET claimed_until = :until",
                ConditionExpression="attribute_not_exists(claimed_until) OR claimed_until < :now",
                ExpressionAttributeValues={":until": times.text(until), ":now": times.text(now)},
            )
        )

    def release(self, store: str, until: datetime) -> None:
        """Give the claim up that ends then."""
        self._claimed(store, until, "REMOVE claimed_until", {})

    def publish(self, feed: Feed, until: datetime, build: Build | None) -> bool:
        """
        Let the address of `feed` lead to `build`, or to nothing; whoever does has the claim.

        False where the claim or the row is gone: the store was forgotten meanwhile.
        """
        before = feed.build.prefix if feed.build else ""
        values = {":previous": before}
        if build:
            values[":build"] = written_build(build)
            change = "SET build = :build, previous = :previous REMOVE claimed_until"
        else:
            change = "SET previous = :previous REMOVE claimed_until, build"
        return self._claimed(feed.store, until, change, values)

    def rotate(self, store: str, digest: str, sealed: bytes, epoch: int) -> None:
        """
        Let a new address lead to a store's feed, and the old one nowhere.

        The row says which address counts, so the old one ends with one write.
        """
        self.table.put_item(Item={**_address_key(digest), "of": store})
        before = self.table.update_item(
            Key=_key(store),
            UpdateExpression="SET digest = :digest, sealed = :sealed, epoch = :epoch",
            ExpressionAttributeValues={":digest": digest, ":sealed": sealed, ":epoch": epoch},
            ReturnValues="UPDATED_OLD",
        ).get("Attributes", {})
        if before.get("digest"):
            self.table.delete_item(Key=_address_key(str(before["digest"])))

    def forget(self, store: str) -> None:
        """Delete what is noted of a store's feed, and its address first."""
        for key in self.keys(store):
            self.table.delete_item(Key=key)

    def keys(self, store: str) -> Iterator[dict[str, str]]:
        """Yield the keys of a store's rows, that of its address first."""
        feed = self.get(store)
        if feed and feed.digest:
            yield _address_key(feed.digest)
        yield _key(store)

    def _claimed(self, store: str, until: datetime, change: str, values: Mapping[str, Any]) -> bool:
        return written(
            lambda: self.table.update_item(
                Key=_key(store),
                UpdateExpression=change,
                ConditionExpression="claimed_until = :claim",
                ExpressionAttributeValues={**values, ":claim": times.text(until)},
            )
        )


def new_address() -> str:
    """Draw an address that nobody can guess."""
    return secrets.token_urlsafe(ADDRESS_BYTES)


def digest_of(address: str) -> str:
    """Name an address without telling it."""
    return hashlib.sha256(address.encode()).hexdigest()


def _key(store: str) -> dict[str, str]:
    return {"store": FEEDS, "variant": store}


def _address_key(digest: str) -> dict[str, str]:
    return {"store": f"{FEEDS}#{digest}", "variant": "address"}
