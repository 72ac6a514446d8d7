"""Calls to Netcore at the pace that all workers of a store share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from shopbridge import reasons
from shopbridge.errors import NetcoreKeyRefused, NetcoreUnavailable, Rejected, ShopbridgeError
from shopbridge.netcore.bucket import Api, Bucket
from shopbridge.passing import AWS_FAILURES
from shopbridge.work import Ended, Later

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Paced:
    """One store's token buckets and the circuit that a wrong key opens."""

    bucket: Bucket
    open_circuit: Callable[[str], None]

    def call(self, api: Api, request: Callable[[], R]) -> R:
        """
        Take a token, make `request` and return what it returns.

        Raises:
            NetcoreUnavailable: our own rate limit, or what `request` raised.
            Rejected: what `request` raised.
        """
        try:
            return self._call(api, request)
        except AWS_FAILURES as exc:  # before the request, or after Netcore refused it
            raise NetcoreUnavailable(f"no pace without DynamoDB: {type(exc).__name__}") from exc

    def _call(self, api: Api, request: Callable[[], R]) -> R:
        wait = self.bucket.take(api)
        if wait:
            raise NetcoreUnavailable("our own rate limit", retry_after=wait)
        try:
            return request()
        except NetcoreUnavailable as exc:
            if exc.throttled:
                self.bucket.slow_down(api)
            raise
        except NetcoreKeyRefused:
            self.open_circuit(reasons.KEY_REFUSED)
            raise


def outcome_of(error: ShopbridgeError) -> Ended | Later:
    """What becomes of a command whose call ended in `error`."""
    match error:
        case NetcoreUnavailable():
            return Later(str(error), error.retry_after)
        case NetcoreKeyRefused():
            return Ended("parked", reasons.KEY_REFUSED)
        case Rejected():
            return Ended("parked", str(error))
        case _:
            raise error
