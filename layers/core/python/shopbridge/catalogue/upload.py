"""Writes one object to S3 piece by piece: never more of it in memory than a part."""

import zlib
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PART_BYTES: Final = 5 * 1024 * 1024
"""The least that S3 takes for a part that is not the last; 10,000 of them are 50 GB."""

GZIP: Final = zlib.MAX_WBITS | 16
"""Tells zlib to write gzip's header, with no time in it: equal content, equal bytes."""


class Sink(Protocol):
    """Takes bytes until it is closed or given up."""

    @property
    def size(self) -> int:
        """Bytes that lie at S3 when it is closed."""

    def write(self, data: bytes) -> None:
        """Take more."""

    def close(self) -> None:
        """Make the object appear, whole."""

    def give_up(self) -> None:
        """Leave no parts behind."""


class Upload:
    """One object; small ones take one call, others as many as they have parts."""

    def __init__(self, s3: "S3Client", bucket: str, key: str, **about: str) -> None:
        self.size = 0
        self._s3 = s3
        self._place: Any = {"Bucket": bucket, "Key": key}
        self._about: Any = about
        self._buffer = bytearray()
        self._upload = ""
        self._parts: list[Any] = []

    def write(self, data: bytes) -> None:
        """Take more; send a part as soon as there is one."""
        self._buffer += data
        self.size += len(data)
        if len(self._buffer) >= PART_BYTES:
            self._send()

    def close(self) -> None:
        """Make the object appear, whole."""
        if not self._upload:
            self._s3.put_object(**self._place, **self._about, Body=bytes(self._buffer))
            return
        if self._buffer:
            self._send()
        self._s3.complete_multipart_upload(
            **self._place, UploadId=self._upload, MultipartUpload={"Parts": self._parts}
        )
        self._upload = ""

    def give_up(self) -> None:
        """Leave no parts behind; what was never begun or has appeared is no upload."""
        if self._upload:
            self._s3.abort_multipart_upload(**self._place, UploadId=self._upload)

    def _send(self) -> None:
        if not self._upload:
            begun = self._s3.create_multipart_upload(**self._place, **self._about)
            self._upload = begun["UploadId"]
        number = len(self._parts) + 1
        sent = self._s3.upload_part(
            **self._place, UploadId=self._upload, PartNumber=number, Body=bytes(self._buffer)
        )
        self._buffer = bytearray()
        self._parts.append({"PartNumber": number, "ETag": sent["ETag"]})


class Gzipped:
    """Compresses what it takes, into an upload."""

    def __init__(self, upload: Upload) -> None:
        self._upload = upload
        self._gzip = zlib.compressobj(wbits=GZIP)

    @property
    def size(self) -> int:
        """Bytes that lie at S3 when it is closed."""
        return self._upload.size

    def write(self, data: bytes) -> None:
        """Take more."""
        self._upload.write(self._gzip.compress(data))

    def close(self) -> None:
        """Make the object appear, whole."""
        self._upload.write(self._gzip.flush())
        self._upload.close()

    def give_up(self) -> None:
        """Leave nothing behind."""
        self._upload.give_up()
