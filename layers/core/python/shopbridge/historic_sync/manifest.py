"""What a slice has read and made, and what is missing: S3 objects that hold ids, no content."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from shopbridge.historic_sync.numbering import Made
from shopbridge.historic_sync.run import Run, Slice
from shopbridge.historic_sync.verification import Gap

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Manifests:
    """One store's; it lies under `runs/<store>/`, and is gone after 14 days like all content."""

    s3: "S3Client"
    bucket: str
    store: str

    def made(self, one: Slice) -> Made:
        """Return what was read, and which commands it became."""
        found = self._get(self._key(one.run, f"{one.name}.json")) or {}
        return {id_: set(places) for id_, places in found.items()}

    def note(self, one: Slice, made: Made) -> None:
        """Write all that a slice has read and made, before the commands are sent."""
        told = {id_: sorted(places) for id_, places in sorted(made.items())}
        self._put(self._key(one.run, f"{one.name}.json"), told)

    def wanted(self, run: str, name: str) -> list[str]:
        """Return the ids that the listed slice `name` is about, the newest first."""
        return self._get(self._key(run, f"{name}-wanted.json")) or []

    def want(self, run: str, name: str, ids: Iterable[str]) -> None:
        """Add `ids` to those that the listed slice `name` is about; again is harmless."""
        if ids := set(ids):
            every = ids.union(self.wanted(run, name))
            self._put(self._key(run, f"{name}-wanted.json"), sorted(every, key=int, reverse=True))

    def gaps(self, one: Slice) -> list[Gap]:
        """Return what of a slice is missing."""
        found = self._get(self._key(one.run, f"{one.name}-gaps.json")) or ()
        return [Gap(*gap) for gap in found]

    def note_gaps(self, one: Slice, gaps: Iterable[Gap]) -> None:
        """Write what of a slice is missing."""
        self._put(self._key(one.run, f"{one.name}-gaps.json"), list(gaps))

    def sum_up(self, run: Run, slices: Iterable[Slice]) -> str:
        """Write all gaps of a run in one object, and return its key."""
        key = self._key(run.id, "gaps.json")
        told = [
            {"stream": one.stream, "id": gap.id, "reason": gap.reason}
            for one in slices
            if one.gaps
            for gap in self.gaps(one)
        ]
        self._put(key, told)
        return key

    def summed_up(self, run: Run) -> list[dict[str, str]]:
        """Return all gaps of a run that is over."""
        return self.of(run.gaps_key) if run.gaps_key else []

    def of(self, gaps_key: str) -> list[dict[str, str]]:
        """Return the gaps that `sum_up` wrote under this key."""
        return self._get(gaps_key) or []

    def _key(self, run: str, name: str) -> str:
        return f"runs/{self.store}/{run}/{name}"

    def _get(self, key: str) -> Any:
        try:
            body = self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()
        except ClientError as exc:
            if exc.response["Error"]["Code"] != "NoSuchKey":
                raise
            return None
        return json.loads(body)

    def _put(self, key: str, told: object) -> None:
        body = json.dumps(told).encode()
        self.s3.put_object(Bucket=self.bucket, Key=key, Body=body, ContentType=JSON)
