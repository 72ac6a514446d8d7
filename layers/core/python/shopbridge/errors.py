"""
Every error this package raises on purpose.

* ShopbridgeError
  x Rejected              repeating cannot help: the thing is parked for a human
    - InvalidSignature    401: the sender does not hold the client secret
    - InvalidRequest      400: not a delivery at all, nothing to keep
    - Forbidden           403: a browser that did not begin this, or too few scopes
    - InvalidPayload      signed, but not what its topic promises
      - WrongStore        its body names another store than its header
    - NetcoreRejected     4xx for this batch or this item
    - NetcoreKeyRefused   the store's API key is wrong: opens its circuit
    - AdminRejected       Shopify refuses for good (scope, frozen, gone)
      - AdminTooCostly    too much at once: the same in smaller pieces may pass
      - AdminQueryRefused the query as it stands: a cursor that is none any more, for example
      - GrantRefused      no token for this code, id token or refresh token
  x Unavailable           the same call may succeed later: left to the queue
    - NetcoreUnavailable  429, 5xx, reset or no answer
    - AdminUnavailable    throttled, 5xx or no answer
    - StoreConflict       somebody else wrote the row first
    - SecretsUnavailable  the client secrets could not be read

Shells branch on the two middle classes only.
"""


class ShopbridgeError(Exception):
    """Base of all errors raised on purpose."""


class Rejected(ShopbridgeError):
    """Repeating the same call can only fail again: park it for a human."""


class Unavailable(ShopbridgeError):
    """The same call may succeed later: leave it to the queue or to the sender."""

    retry_after: float | None = None
    """Seconds, where the other side said so."""


class InvalidSignature(Rejected):
    """The webhook's HMAC does not belong to its bytes."""


class InvalidRequest(Rejected):
    """A header that names the delivery is missing or impossible."""


class InvalidPayload(Rejected):
    """The body does not have the shape that its topic promises."""


class WrongStore(InvalidPayload):
    """A signed body of one store under the name of another; only the header is not signed."""


class Forbidden(Rejected):
    """The request is genuine, but not from the browser that began, or lacks a permission."""


class SecretsUnavailable(Unavailable):
    """The client secrets cannot be read and no recent copy is at hand."""


class StoreConflict(Unavailable):
    """The store's row changed since it was read."""


class NetcoreRejected(Rejected):
    """Netcore answered 4xx: the content is wrong, not the moment."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"Netcore answered {status}: {reason[:200]}")
        self.status = status


class NetcoreKeyRefused(Rejected):
    """Netcore does not accept the store's API key."""


class NetcoreUnavailable(Unavailable):
    """
    Netcore throttled us, failed or did not answer.

    `ambiguous` is true when the request may have been applied all the same
    (timeout or reset after sending): a second send is then counted.
    """

    def __init__(
        self,
        reason: str,
        *,
        retry_after: float | None = None,
        ambiguous: bool = False,
        throttled: bool = False,
    ) -> None:
        super().__init__(f"Netcore unavailable: {reason}")
        self.retry_after = retry_after
        self.ambiguous = ambiguous
        self.throttled = throttled


class AdminRejected(Rejected):
    """Shopify's Admin API refuses for good: token, scope, frozen or closed store."""


class AdminTooCostly(AdminRejected):
    """Shopify will not answer so much at once; asking for less may help."""


class AdminQueryRefused(AdminRejected):
    """Shopify takes the app, but not this query: a cursor may have become invalid."""


class GrantRefused(AdminRejected):
    """Shopify gives no token for what it was shown; `error` is its word for why."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(f"Shopify answered {status}")
        self.error = error


class AdminUnavailable(Unavailable):
    """Shopify's Admin API is throttling us, failing or silent."""

    def __init__(self, reason: str, *, retry_after: float | None = None) -> None:
        super().__init__(f"Shopify unavailable: {reason}")
        self.retry_after = retry_after
