"""Puts batches of deliveries into the archive, one object for each store and date."""

import gzip
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from shopbridge.archive import lines
from shopbridge.errors import InvalidPayload, Unavailable
from shopbridge.message import Head, Message, read
from shopbridge.passing import AWS_FAILURES

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

ZIPPED = "application/gzip"

Day = tuple[str, str]
"""A store and the date a delivery arrived."""

Forgotten = Callable[[str, Sequence[Head]], Sequence[bool]]
"""Says which deliveries of a store are about somebody who was to be forgotten."""


class ArchiveUnavailable(Unavailable):
    """S3 did not take or give an object."""


class Archive:
    """Writes to the archive's bucket; claimed bodies come out of the bucket of kept things."""

    def __init__(self, s3: "S3Client", bucket: str, kept_bucket: str, forgotten: Forgotten) -> None:
        self._s3 = s3
        self._bucket = bucket
        self._kept_bucket = kept_bucket
        self._forgotten = forgotten

    def add(self, texts: Mapping[str, str]) -> dict[str, str]:
        """
        Archive message texts by message id; return why which of them failed.

        An object's name follows from its content: the same batch again writes the
        same object. In another batch a line may come twice; the reader skips it. What is
        about somebody who was to be forgotten is left out.
        """
        days: dict[Day, dict[str, Message]] = defaultdict(dict)
        failed: dict[str, str] = {}
        for message_id, text in texts.items():
            try:
                message = self._whole(text)
            except (InvalidPayload, ArchiveUnavailable) as exc:
                failed[message_id] = str(exc)
            else:
                days[_day(message)][message_id] = message
        for day, messages in days.items():
            try:
                self._put(day, self._without_forgotten(day[0], list(messages.values())))
            except Unavailable as exc:
                failed |= dict.fromkeys(messages, str(exc))
        return failed

    def _whole(self, text: str) -> Message:
        message = read(text)
        if message.head.body != "claim":
            return message
        try:
            claimed = self._s3.get_object(Bucket=self._kept_bucket, Key=message.head.claim)
            return Message(message.head, claimed["Body"].read())
        except AWS_FAILURES as exc:
            raise ArchiveUnavailable(f"claimed body: {_code(exc)}") from exc

    def _without_forgotten(self, store: str, messages: Sequence[Message]) -> Iterable[Message]:
        try:
            forgotten = self._forgotten(store, [one.head for one in messages])
        except AWS_FAILURES as exc:
            raise ArchiveUnavailable(f"who was forgotten: {_code(exc)}") from exc
        return [one for one, is_out in zip(messages, forgotten, strict=True) if not is_out]

    def _put(self, day: Day, messages: Iterable[Message]) -> None:
        ordered = sorted(messages, key=lambda one: (one.head.received_at, one.head.event_id))
        if not ordered:
            return
        content = b"".join(map(lines.write, ordered))
        name = f"{ordered[0].head.received_at:%H%M%S}-{hashlib.sha256(content).hexdigest()[:16]}"
        store, date = day
        try:
            self._s3.put_object(
                Bucket=self._bucket,
                Key=f"{store}/{date}/{name}.jsonl.gz",
                Body=gzip.compress(content, mtime=0),
                ContentType=ZIPPED,
            )
        except AWS_FAILURES as exc:
            raise ArchiveUnavailable(f"archive: {_code(exc)}") from exc


def _day(message: Message) -> Day:
    return message.head.store, f"{message.head.received_at:%Y-%m-%d}"


def _code(exc: Exception) -> str:
    if isinstance(exc, ClientError):
        return str(exc.response.get("Error", {}).get("Code", ""))
    return type(exc).__name__
