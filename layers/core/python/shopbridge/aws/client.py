"""All that the hot path calls on AWS, in one object."""

import time
from collections.abc import Callable, Mapping

from shopbridge.aws.connection import Clock, OpenConnection, Timeouts
from shopbridge.aws.credentials import Credentials
from shopbridge.aws.dynamodb import DynamoDb
from shopbridge.aws.endpoint import Session
from shopbridge.aws.s3 import S3
from shopbridge.aws.sns import Sns
from shopbridge.aws.ssm import Ssm


class Aws:
    """
    One identity and one kept-alive connection per host, shared by four services.

    Nothing connects before the first call. Not for use by several threads.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.dynamodb = DynamoDb(session)
        self.sns = Sns(session)
        self.s3 = S3(session)
        self.ssm = Ssm(session)

    @classmethod
    def from_environment(
        cls,
        environ: Mapping[str, str],
        *,
        timeouts: Timeouts | None = None,
        connect: OpenConnection | None = None,
        clock: Clock = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> "Aws":
        """Take region and keys as Lambda sets them; AWS_ENDPOINT_URL replaces every host."""
        region = environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION")
        if not region:
            raise KeyError("AWS_REGION is not set: Lambda gives it to every function")
        return cls(
            Session(
                region,
                Credentials.from_environment(environ),
                endpoint_url=environ.get("AWS_ENDPOINT_URL") or None,
                timeouts=timeouts,
                connect=connect,
                clock=clock,
                sleep=sleep,
            )
        )

    def end_by(self, moment: float) -> None:
        """Let no call last beyond `moment` (seconds since 1970): the function's own end is near."""
        self._session.ends_at = moment

    def close(self) -> None:
        """Hang up; a later call connects again."""
        self._session.close()
