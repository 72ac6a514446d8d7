"""Which ids a slice has read, and what is missing: S3 objects that hold ids and nothing else."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

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

    def ids(self, one: Slice) -> set[str]:
        """Return the ids that were read, each of which has a command."""
        return set(self._get(self._key(one.run, f"{one.name}.json")) or ())

    def note(self, one: Slice, ids: Iterable[str]) -> None:
        """Write all ids of a slice, before commands about them are sent."""
        self._put(self._key(one.run, f"{one.name}.json"), sorted(ids))

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
        return self._get(run.gaps_key) or [] if run.gaps_key else []

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
