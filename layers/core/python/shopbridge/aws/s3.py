"""Putting and getting one object."""

from collections.abc import Mapping

from shopbridge.aws.endpoint import Endpoint, Session
from shopbridge.aws.percent import encoded


class S3:
    """
    Claim checks and parked bodies.

    Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._buckets: dict[str, Endpoint] = {}

    def put_object(
        self,
        bucket: str,
        key: str,
        body: bytes,
        *,
        content_type: str,
        metadata: Mapping[str, str] | None = None,
    ) -> None:
        """
        Write an object, replacing one of that key.

        Raises:
            ValueError: a metadata value is not ASCII, which S3 would garble.
        """
        headers = {"content-type": content_type}
        for name, value in (metadata or {}).items():
            if not value.isascii():
                raise ValueError(f"metadata {name} is not ASCII")
            headers[f"x-amz-meta-{name}"] = value
        self._bucket(bucket).call("PUT", self._path(bucket, key), headers, body)

    def get_object(self, bucket: str, key: str) -> bytes:
        """Read an object of at most 1 MB; AwsRejected `NoSuchKey` if there is none."""
        return self._bucket(bucket).call("GET", self._path(bucket, key), {})

    def _bucket(self, bucket: str) -> Endpoint:
        """Return the bucket's own host on AWS, the one replacing all hosts elsewhere."""
        if bucket not in self._buckets:
            self._buckets[bucket] = Endpoint(self._session, "s3", self._session.url(f"{bucket}.s3"))
        return self._buckets[bucket]

    def _path(self, bucket: str, key: str) -> str:
        path = f"/{encoded(key, b'/')}"
        return f"/{bucket}{path}" if self._session.endpoint_url else path
