"""Finds archived deliveries of one store by day, event, topic and time."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shopbridge.archive import lines
from shopbridge.message import Head, Message

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which deliveries to find; what is left out matches everything."""

    since: datetime
    until: datetime
    event_id: str = ""
    topic: str = ""

    def matches(self, head: Head) -> bool:
        """Whether the delivery with this head is one of them."""
        return (
            self.since <= head.received_at <= self.until
            and self.event_id in ("", head.event_id)
            and self.topic in ("", head.topic)
        )

    def days(self) -> Iterator[str]:
        """Name every day (UTC) that the span touches."""
        day = self.since.date()
        while day <= self.until.date():
            yield day.isoformat()
            day += timedelta(days=1)


class ArchiveReader:
    """Reads the archive of one store; it cannot reach another's."""

    def __init__(self, s3: "S3Client", bucket: str, store: str) -> None:
        self._s3 = s3
        self._bucket = bucket
        self._store = store

    def deliveries(self, wanted: Wanted) -> Iterator[Message]:
        """Yield each wanted delivery once, day by day, with its exact bytes."""
        seen: set[tuple[str, str, str]] = set()
        for key in self._keys(wanted):
            for message in self._messages(key):
                identity = lines.identity(message.head)
                if wanted.matches(message.head) and identity not in seen:
                    seen.add(identity)
                    yield message

    def _keys(self, wanted: Wanted) -> Iterator[str]:
        pages = self._s3.get_paginator("list_objects_v2")
        for day in wanted.days():
            for page in pages.paginate(Bucket=self._bucket, Prefix=f"{self._store}/{day}/"):
                yield from (found["Key"] for found in page.get("Contents", []))

    def _messages(self, key: str) -> Iterator[Message]:
        found = self._s3.get_object(Bucket=self._bucket, Key=key)
        with found["Body"] as body, gzip.GzipFile(fileobj=body) as unzipped:
            for line in unzipped:
                yield lines.read(line)
