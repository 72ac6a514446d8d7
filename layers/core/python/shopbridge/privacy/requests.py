"""Data requests of one store: which there are, and the bundle that answers each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from botocore.exceptions import ClientError

from shopbridge import kept
from shopbridge.errors import Rejected
from shopbridge.ledger.history import History
from shopbridge.ledger.reader import Ledger
from shopbridge.outcome import OPEN

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

State = Literal["waiting", "ready", "expired", "parked", "failed"]

LINK_SECONDS: Final = 15 * 60
"""How long a link works; whoever has it, has the bundle."""

RESOURCE: Final = "data_request"
"""What the ledger's index calls all data requests of a store."""


class BundleGone(Rejected):
    """The bundle was deleted: it is kept for 14 days."""


@dataclass(frozen=True, slots=True)
class DataRequest:
    """One request, as the ledger knows it."""

    id: str
    """Shopify's; the bundle's name."""
    asked_at: datetime
    """When it reached us; Shopify gives the merchant 30 days from then on."""
    state: State
    reason: str = ""
    """Why it is parked or failed."""
    expires: datetime | None = None
    """When the bundle is deleted; None where there is none yet."""


class DataRequests:
    """Requests and bundles of one store; it cannot reach another's."""

    def __init__(self, ledger: Ledger, s3: "S3Client", bucket: str, store: str) -> None:
        self._ledger = ledger
        self._s3 = s3
        self._bucket = bucket
        self._store = store

    def list(self, now: datetime) -> list[DataRequest]:
        """Return all requests of 90 days, the newest first; one that came twice is there once."""
        found: dict[str, DataRequest] = {}
        for one in sorted(self._found(now), key=lambda r: (r.state == "ready", r.asked_at)):
            found[one.id] = one
        return sorted(found.values(), key=lambda request: request.asked_at, reverse=True)

    def find(self, id_: str, now: datetime) -> DataRequest | None:
        """Find one of them."""
        return next((one for one in self.list(now) if one.id == id_), None)

    def link(self, request: DataRequest) -> str:
        """Sign a URL that anybody can read the bundle at, for 15 minutes."""
        return self._s3.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": self._key(request),
                "ResponseContentDisposition": f'attachment; filename="request-{request.id}.json"',
            },
            ExpiresIn=LINK_SECONDS,
        )

    def read(self, request: DataRequest) -> bytes:
        """
        Return the bundle.

        Raises:
            BundleGone: it was deleted since.
        """
        try:
            return self._s3.get_object(Bucket=self._bucket, Key=self._key(request))["Body"].read()
        except ClientError as exc:
            if exc.response["Error"]["Code"] not in ("NoSuchKey", "404"):
                raise
            raise BundleGone(f"the bundle of request {request.id} is no longer kept") from exc

    def _key(self, request: DataRequest) -> str:
        return kept.request_key(self._store, request.asked_at, request.id)

    def _found(self, now: datetime) -> Iterator[DataRequest]:
        for history in self._ledger.about(self._store, RESOURCE):
            asked_at = history.time("received_at")
            if asked_at is not None:
                yield _told(history, asked_at, now)


def _told(history: History, asked_at: datetime, now: datetime) -> DataRequest:
    id_ = str(history.delivery.get("title", ""))
    outcome = history.outcome
    made_at = max((end.at for end in history.ends if end.at), default=None)
    if outcome == "delivered" and made_at is not None:
        expires = made_at + timedelta(days=kept.DAYS)
        return DataRequest(id_, asked_at, "ready" if now < expires else "expired", "", expires)
    if outcome in OPEN:
        reason = next((end.reason for end in history.ends if end.outcome == outcome), "")
        state: State = "parked" if outcome == "parked" else "failed"
        return DataRequest(id_, asked_at, state, reason)
    return DataRequest(id_, asked_at, "waiting")
