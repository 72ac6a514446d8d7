"""Deletes content of one store that lies in S3: archived deliveries, parked and claimed ones."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from shopbridge import message
from shopbridge.archive import lines
from shopbridge.errors import InvalidPayload
from shopbridge.kept import RESULTS
from shopbridge.privacy.mentions import Sought

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

READ: Final = ("parked/", "claim/", "requests/", "runs/")
UNREAD: Final = (RESULTS,)
"""Too large to look into: all of a store's are deleted, and whoever needs them fetches anew."""
PREFIXES: Final = (*READ, *UNREAD)
"""Of the bucket of kept content; each goes on with the store."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was too large or too odd to travel, bundles, and lists of runs."""

    s3: "S3Client"
    bucket: str

    def erase_person(self, store: str, sought: Sought) -> None:
        """Delete every object that names the person; when in doubt, delete."""
        for prefix in UNREAD:
            self._delete(f"{prefix}{store}/")
        for prefix in READ:
            for key in _keys(self.s3, self.bucket, f"{prefix}{store}/"):
                found = self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()
                if _names(found, sought):
                    self.s3.delete_object(Bucket=self.bucket, Key=key)

    def erase_store(self, store: str) -> None:
        """Delete all objects of the store."""
        for prefix in PREFIXES:
            self._delete(f"{prefix}{store}/")

    def _delete(self, prefix: str) -> None:
        for key in list(_keys(self.s3, self.bucket, prefix)):
            self.s3.delete_object(Bucket=self.bucket, Key=key)


@dataclass(frozen=True, slots=True)
class Archived:
    """Deliveries as they came."""

    s3: "S3Client"
    bucket: str
    forget: Callable[[str, str], None]
    """Takes store and event id of each delivery of a store that is erased."""

    def erase_person(self, store: str, sought: Sought) -> None:
        """Write each object anew without the person's deliveries."""
        for key in list(_keys(self.s3, self.bucket, f"{store}/")):
            found = self._lines(key)
            left = [line for line in found if not sought.is_in(lines.read(line))]
            if not left:
                self.s3.delete_object(Bucket=self.bucket, Key=key)
            elif len(left) < len(found):
                self.s3.put_object(Bucket=self.bucket, Key=key, Body=gzip.compress(b"".join(left)))

    def erase_store(self, store: str) -> None:
        """Delete all objects of the store, and with each delivery what the ledger has of it."""
        for key in list(_keys(self.s3, self.bucket, f"{store}/")):
            for event in {lines.read(line).head.event_id for line in self._lines(key)}:
                self.forget(store, event)
            self.s3.delete_object(Bucket=self.bucket, Key=key)

    def _lines(self, key: str) -> list[bytes]:
        body = self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()
        return gzip.decompress(body).splitlines(keepends=True)


def _keys(s3: "S3Client", bucket: str, prefix: str) -> Iterator[str]:
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        yield from (found["Key"] for found in page.get("Contents", []))


def _names(content: bytes, sought: Sought) -> bool:
    """Whether kept content names the person: a message of ours, or the bytes of a body."""
    try:
        return sought.is_in(message.read(content.decode()))
    except (InvalidPayload, UnicodeDecodeError):
        pass
    person = sought.person
    texts = [person.email, person.phone, person.customer_id, *sought.orders]
    return any(text.casefold().encode() in content.lower() for text in texts if text)
