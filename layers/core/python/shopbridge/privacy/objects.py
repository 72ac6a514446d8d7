"""Objects of one bucket: found by what their keys begin with, read and deleted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from botocore.exceptions import ClientError

from shopbridge import message
from shopbridge.errors import InvalidPayload, Unavailable
from shopbridge.message import Message

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


_OVERTAKEN = ("PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey")
"""What S3 answers where an object is no longer as it was seen."""


class Seen(NamedTuple):
    """An object as it was read."""

    content: bytes
    etag: str


@dataclass(frozen=True, slots=True)
class Objects:
    """What lies in one bucket."""

    s3: "S3Client"
    bucket: str

    def keys(self, prefix: str, after: str = "") -> Iterator[str]:
        """Yield the keys that begin with `prefix` and sort behind `after`."""
        for page in self.pages(prefix, after):
            yield from page

    def pages(self, prefix: str, after: str = "") -> Iterator[Sequence[str]]:
        """Yield those keys as S3 lists them, at most 1,000 at once."""
        listed = self.s3.get_paginator("list_objects_v2")
        for page in listed.paginate(Bucket=self.bucket, Prefix=prefix, StartAfter=after):
            if "Contents" in page:
                yield [found["Key"] for found in page["Contents"]]

    def read(self, key: str) -> bytes | None:
        """Return what lies at `key`, None where it was deleted meanwhile."""
        found = self.seen(key)
        return found and found.content

    def seen(self, key: str) -> "Seen | None":
        """Return what lies at `key` as something to be replaced, None where it was deleted."""
        try:
            found = self.s3.get_object(Bucket=self.bucket, Key=key)
        except self.s3.exceptions.NoSuchKey:
            return None
        return Seen(found["Body"].read(), found["ETag"])

    def replace(self, key: str, seen: "Seen", content: bytes, **how: Any) -> None:
        """
        Write `content` where `seen` was seen; `how` says of what type it is, and its tags.

        Raises:
            Unavailable: somebody else has written it since, or deleted it.
        """
        try:
            self.s3.put_object(Bucket=self.bucket, Key=key, Body=content, IfMatch=seen.etag, **how)
        except ClientError as exc:
            if exc.response["Error"]["Code"] not in _OVERTAKEN:
                raise
            raise Unavailable("somebody else has written the object") from exc

    def delete(self, *keys: str) -> None:
        """
        Delete up to 1,000 objects; those that are not there are no matter.

        Raises:
            Unavailable: S3 kept some.
        """
        deleted: Any = {"Objects": [{"Key": key} for key in keys], "Quiet": True}
        if self.s3.delete_objects(Bucket=self.bucket, Delete=deleted).get("Errors"):
            raise Unavailable("S3 did not delete everything")


def message_of(content: bytes) -> Message | None:
    """Read a kept object as a message of ours, None where it is none."""
    try:
        return message.read(content.decode())
    except (InvalidPayload, UnicodeDecodeError):
        return None
