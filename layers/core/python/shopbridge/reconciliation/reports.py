"""Reports of one store in S3, kept for 14 days like all content."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shopbridge.page.rendering import rendered
from shopbridge.reconciliation.report import Report, to_json

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PREFIX = "reconciliation/"


@dataclass(frozen=True, slots=True)
class Reports:
    """It reaches no other store's."""

    s3: "S3Client"
    bucket: str
    store: str

    def write(self, report: Report) -> str:
        """Write the report twice, for programs and for people; return their key without ending."""
        key = f"{PREFIX}{self.store}/{report.at:%Y-%m-%d}/{report.run}"
        told = to_json(report)
        self._put(f"{key}.json", json.dumps(told, indent=2), "application/json")
        page = rendered("reconciliation", report=report)
        self._put(f"{key}.html", page, "text/html; charset=utf-8")
        return key

    def read(self, key: str) -> dict[str, Any]:
        """Return what a report says."""
        body = self.s3.get_object(Bucket=self.bucket, Key=f"{key}.json")["Body"].read()
        told: dict[str, Any] = json.loads(body)
        return told

    def _put(self, key: str, text: str, kind: str) -> None:
        self.s3.put_object(Bucket=self.bucket, Key=key, Body=text.encode(), ContentType=kind)
