"""Where feeds lie: four objects for each build, in a folder that no other build has."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from shopbridge.catalogue.upload import Gzipped, Sink, Upload
from shopbridge.catalogue.wording import TYPES, Format

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PREFIX: Final = "feeds/"
"""Of the bucket of kept content."""

LINK_SECONDS: Final = 15 * 60
"""How long a signed URL can be fetched; the build before is kept at least as long."""


@dataclass(frozen=True, slots=True)
class Objects:
    """The objects of all feeds."""

    s3: "S3Client"
    bucket: str

    def open(self, prefix: str, format_: Format, gzipped: bool) -> Sink:
        """Begin one object of the build below `prefix`."""
        about = {"ContentType": TYPES[format_]}
        key = key_of(prefix, format_, gzipped)
        if not gzipped:
            return Upload(self.s3, self.bucket, key, **about)
        return Gzipped(Upload(self.s3, self.bucket, key, **about, ContentEncoding="gzip"))

    def read(self, prefix: str, format_: Format, gzipped: bool) -> bytes:
        """Return one object whole."""
        key = key_of(prefix, format_, gzipped)
        return self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()

    def link(self, prefix: str, format_: Format, gzipped: bool) -> str:
        """Sign a URL that anybody can fetch one object at, for 15 minutes."""
        wanted = {"Bucket": self.bucket, "Key": key_of(prefix, format_, gzipped)}
        return self.s3.generate_presigned_url("get_object", Params=wanted, ExpiresIn=LINK_SECONDS)

    def remove(self, prefix: str) -> None:
        """Delete the objects of one build; those that are not there are no matter."""
        for format_ in TYPES:
            for gzipped in (False, True):
                self.s3.delete_object(Bucket=self.bucket, Key=key_of(prefix, format_, gzipped))


def prefix_of(store: str, began_at: datetime) -> str:
    """Name the folder of a build; two of one store never begin in the same microsecond."""
    return f"{PREFIX}{store}/{began_at:%Y%m%dT%H%M%S%f}"


def key_of(prefix: str, format_: Format, gzipped: bool) -> str:
    """Name one object of a build."""
    return f"{prefix}/feed.{format_}{'.gz' if gzipped else ''}"
