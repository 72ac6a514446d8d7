"""
Adds many contacts at Netcore by one file, which it fetches: for what a historic sync carries.

    write the file to S3 ─▶ tell Netcore its address ─▶ accepted, or: delete it, go by call

Netcore's page on bulk uploads is known in part only, so a store has to ask for it
(`netcore.bulk_upload`).
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from aws_lambda_powertools import Logger

from shopbridge import kept
from shopbridge.contacts.adding import MOST_CONTACTS, Add, Panel, Parts
from shopbridge.contacts.draft import Draft
from shopbridge.contacts.upload_file import TYPE, written
from shopbridge.errors import NetcoreRejected, ShopbridgeError, Unavailable
from shopbridge.netcore.client import NetcoreClient
from shopbridge.netcore.paced import Paced
from shopbridge.passing import AWS_FAILURES
from shopbridge.station import trouble

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

logger = Logger()

FEWEST: Final = MOST_CONTACTS + 1
"""Contacts in a file: what one call can carry goes by call."""


class NotStored(Unavailable):
    """S3 did not take the file."""


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one store; it cannot reach another's."""

    s3: "S3Client"
    bucket: str
    store: str

    def write(self, content: bytes, now: datetime) -> str:
        """
        Keep a file under a key that nobody can guess, and return the key.

        Raises:
            NotStored: it is not there.
        """
        key = kept.upload_key(self.store, now, secrets.token_hex(16))
        try:
            self.s3.put_object(Bucket=self.bucket, Key=key, Body=content, ContentType=TYPE)
        except AWS_FAILURES as exc:
            raise NotStored(f"no file without S3: {type(exc).__name__}") from exc
        return key

    def link(self, key: str) -> str:
        """Sign a URL that anybody can fetch the file at, for half a day at most."""
        wanted = {"Bucket": self.bucket, "Key": key}
        lasts = int(kept.UPLOAD_LINK.total_seconds())
        return self.s3.generate_presigned_url("get_object", Params=wanted, ExpiresIn=lasts)

    def remove(self, key: str) -> None:
        """Delete a file that nobody is to fetch; where that fails, the bucket does it later."""
        try:
            self.s3.delete_object(Bucket=self.bucket, Key=key)
        except AWS_FAILURES as exc:
            trouble.tell("an upload stays for two days", exc, shop=self.store)


@dataclass(frozen=True, slots=True)
class ByFile:
    """Netcore's bulk upload, for one store."""

    client: NetcoreClient
    paced: Paced
    panel: Panel
    files: Files
    fewest: int = FEWEST

    def chosen(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Return what goes by file: carried contacts, if there are enough of them."""
        found = [draft for draft in drafts if draft.carried and _is_found_by_id(draft)]
        return found if len(found) >= self.fewest else []

    def add(self, drafts: Sequence[Draft], now: datetime, otherwise: Add) -> Parts:
        """Send `drafts` in one file; where it is refused as such, they go the other way."""
        try:
            request_id = self.paced.call("upload", lambda: self._upload(drafts, now))
        except (NetcoreRejected, NotStored) as exc:
            logger.warning("not by file", extra={"shop": self.files.store, "reason": str(exc)})
            yield from otherwise(drafts)
        except ShopbridgeError as exc:
            yield drafts, exc
        else:
            told = {"shop": self.files.store, "contacts": len(drafts), "request_id": request_id}
            logger.info("sent by file", extra=told)
            yield drafts, None

    def _upload(self, drafts: Sequence[Draft], now: datetime) -> str:
        content = written([draft.attributes for draft in drafts], self.panel.primary_key)
        key = self.files.write(content, now)
        try:
            return self.client.upload_contacts(
                self.files.link(key),
                list_id=self.panel.list_id,
                notify_email=self.panel.notify_email,
            )
        except ShopbridgeError:
            self.files.remove(key)
            raise


def _is_found_by_id(draft: Draft) -> bool:
    """Whether the contact can be found in a file when it is to be forgotten: ids never change."""
    return draft.row.customer in draft.attributes.values()
