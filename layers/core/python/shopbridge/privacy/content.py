"""Content that is kept for 14 days: archived deliveries, and what was parked or failed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from shopbridge import kept, message
from shopbridge.archive.reader import ArchiveReader, Wanted
from shopbridge.errors import InvalidPayload
from shopbridge.message import Message
from shopbridge.privacy.mentions import Sought

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


@dataclass(frozen=True, slots=True)
class Content:
    """What is kept of one store; it cannot reach another's."""

    s3: "S3Client"
    bucket: str
    archive: ArchiveReader
    store: str

    def parked(self, sought: Sought) -> Iterator[Message]:
        """Yield deliveries and commands below `parked/` that name the person."""
        pages = self.s3.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self.bucket, Prefix=f"parked/{self.store}/"):
            for found in page.get("Contents", []):
                one = self._read(found["Key"])
                if one and sought.is_in(one):
                    yield one

    def archived(self, sought: Sought, now: datetime, is_late: Callable[[], bool]) -> "Archived":
        """Find archived deliveries that name the person, newest day first, until it is late."""
        found: list[Message] = []
        complete_since = now
        for days in range(kept.DAYS + 1):
            day = now.date() - timedelta(days=days)
            begin = datetime.combine(day, time.min, UTC)
            wanted = Wanted(since=begin, until=begin + timedelta(days=1, microseconds=-1))
            for one in self.archive.deliveries(wanted):
                if is_late():
                    return Archived(found, complete_since)
                if sought.is_in(one):
                    found.append(one)
            complete_since = begin
        return Archived(found, complete_since)

    def _read(self, key: str) -> Message | None:
        try:
            text = self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()
            return message.read(text.decode())
        except (self.s3.exceptions.NoSuchKey, InvalidPayload, UnicodeDecodeError):
            return None  # deleted meanwhile, or nothing of ours: it has no store either


@dataclass(frozen=True, slots=True)
class Archived:
    """What was found, and since when everything was looked at."""

    messages: list[Message]
    complete_since: datetime
