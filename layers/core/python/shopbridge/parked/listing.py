"""Lists what is parked or failed, and shows what was kept of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from shopbridge import times
from shopbridge.errors import Rejected
from shopbridge.ledger.history import Row
from shopbridge.ledger.reader import Ledger

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class ContentGone(Rejected):
    """What was kept is no longer there: it is deleted after 14 days."""


@dataclass(frozen=True, slots=True)
class Open:
    """A delivery or command that needs somebody."""

    row: Row

    @property
    def id(self) -> str:
        """Name it for people; `parked show` and `parked resume` take this."""
        return f"{self.row['event_id'] if self.is_delivery else self._event}#{self.row['row']}"

    @property
    def is_delivery(self) -> bool:
        """Whether a whole delivery waits, not one of its commands."""
        return "kind" not in self.row

    @property
    def store(self) -> str:
        """The store it belongs to; `unknown` where nothing says."""
        return str(self.row["store"])

    @property
    def topic(self) -> str:
        """Topic of the delivery."""
        return str(self.row["topic"])

    @property
    def what(self) -> str:
        """Say what waits, without personal data."""
        return "delivery" if self.is_delivery else f"{self.row['kind']} {self.row['label']}"

    @property
    def state(self) -> str:
        """`parked` or `failed`."""
        return str(self.row["state" if self.is_delivery else "outcome"])

    @property
    def reason(self) -> str:
        """Why it waits."""
        return str(self.row.get("reason", ""))

    @property
    def since(self) -> datetime:
        """Since when it waits."""
        return times.parse(str(self.row["open_at"]).partition("#")[2])

    @property
    def _event(self) -> str:
        return str(self.row["delivery"]).removeprefix(f"{self.store}#")


class Parked:
    """Everything that waits for somebody; the bucket holds its content."""

    def __init__(self, ledger: Ledger, s3: "S3Client", bucket: str) -> None:
        self._ledger = ledger
        self._s3 = s3
        self._bucket = bucket

    def list(
        self,
        store: str,
        *,
        state: str = "",
        reason: str = "",
        topic: str = "",
        after: Mapping[str, str] | None = None,
    ) -> Iterator[Open]:
        """Yield what waits for `store`, `after` a place; what is left out matches everything."""
        for row in self._ledger.open(store, state, after):
            found = Open(row)
            if reason in ("", found.reason) and topic in ("", found.topic):
                yield found

    def find(self, store: str, id_: str) -> Open | None:
        """Find one of them by the id that `list` gave it."""
        event, _, row = id_.partition("#")
        found = self._ledger.row(f"{store}#{event}", row)
        return Open(found) if found and "open" in found else None

    def content(self, one: Open) -> str:
        """
        Return what was kept of it: a message of ours, or the text as it came.

        Raises:
            ContentGone: it was deleted since.
        """
        try:
            kept = self._s3.get_object(Bucket=self._bucket, Key=str(one.row["kept"]))
        except ClientError as exc:
            if exc.response["Error"]["Code"] not in ("NoSuchKey", "404"):
                raise
            raise ContentGone(f"{one.id}: its content is no longer kept") from exc
        return kept["Body"].read().decode("utf-8", "replace")
