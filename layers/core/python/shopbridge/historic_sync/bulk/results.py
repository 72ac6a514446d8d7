"""
Results of bulk operations in S3: fetched piece by piece, read block by block, deleted when read.

They lie under `bulk/<store>/`, hold personal data, and live as long as it takes to read them;
after 14 days they are gone in any case.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from shopbridge.historic_sync.bulk.operation import Operation
from shopbridge.kept import RESULTS

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PIECE: Final = 8 * 1024 * 1024
"""Bytes that are fetched and uploaded at once; S3 wants 5 MiB, and takes 10,000 of them."""
BLOCK: Final = 1024 * 1024
"""Bytes that are read at once."""

_GONE: Final = frozenset({"NoSuchKey", "NoSuchUpload", "404"})


class Gone(Exception):
    """Somebody deleted the result, or its upload: it has to be fetched again."""


@dataclass(frozen=True, slots=True)
class Results:
    """One store's."""

    s3: "S3Client"
    bucket: str
    store: str
    piece: int = PIECE
    block: int = BLOCK

    def begin(self, one: Operation) -> str:
        """Begin the upload of a result, and return its id."""
        made = self.s3.create_multipart_upload(
            Bucket=self.bucket, Key=self._key(one), ContentType="application/jsonl"
        )
        return made["UploadId"]

    def put(self, one: Operation, piece: bytes) -> str:
        """
        Upload the next piece and return its ETag; again is harmless.

        Raises:
            Gone: there is no such upload any more.
        """
        return str(self._call(self.s3.upload_part, one, PartNumber=len(one.pieces) + 1,
                              UploadId=one.upload, Body=piece)["ETag"])  # fmt: skip

    def end(self, one: Operation) -> None:
        """
        Make one object of all pieces.

        Raises:
            Gone: there is no such upload any more.
        """
        parts = [{"PartNumber": n, "ETag": tag} for n, tag in enumerate(one.pieces, 1)]
        self._call(self.s3.complete_multipart_upload, one, UploadId=one.upload,
                   MultipartUpload={"Parts": parts})  # fmt: skip

    def blocks(self, one: Operation) -> Iterator[bytes]:
        """
        Yield what is not read yet, a block at a time.

        Raises:
            Gone: there is no such object any more.
        """
        for start in range(one.offset, one.size, self.block):
            where = f"bytes={start}-{min(start + self.block, one.size) - 1}"
            yield self._call(self.s3.get_object, one, Range=where)["Body"].read()

    def delete(self, one: Operation) -> None:
        """Delete a result, or what there is of it."""
        if one.upload and one.state == "fetching":
            with suppress(Gone):  # it was completed, or given up before
                self._call(self.s3.abort_multipart_upload, one, UploadId=one.upload)
        self.s3.delete_object(Bucket=self.bucket, Key=self._key(one))

    def _call(self, call: Any, one: Operation, **how: Any) -> Any:
        try:
            return call(Bucket=self.bucket, Key=self._key(one), **how)
        except ClientError as exc:
            if exc.response["Error"]["Code"] not in _GONE:
                raise
            raise Gone(self._key(one)) from exc

    def _key(self, one: Operation) -> str:
        return f"{RESULTS}{self.store}/{one.run}/{one.name}.jsonl"
