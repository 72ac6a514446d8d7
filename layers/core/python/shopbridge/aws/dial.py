"""Opening connections, with as little TLS set-up as is safe."""

import ssl
from collections.abc import Callable
from http.client import HTTPConnection, HTTPSConnection

AMAZON_ROOTS = f"{__file__.rpartition('/')[0]}/amazon_roots.pem"
"""
The five authorities that AWS's own endpoints lead to. The system's store holds some 140,
and parsing those is the most expensive step of a topic function's cold start.
Source: https://www.amazontrust.com/repository/
"""

TrustMore = Callable[[ssl.SSLContext], None]


class Dial:
    """
    Opens connections for one process; the TLS context is made with the first https one.

    A certificate that does not lead to Amazon's roots (China, a proxy with its own
    authority, new roots) is checked once more against the system's whole store.
    """

    def __init__(
        self,
        roots: str = AMAZON_ROOTS,
        trust_more: TrustMore = ssl.SSLContext.load_default_certs,
    ) -> None:
        self._roots = roots
        self._trust_more: TrustMore | None = trust_more
        self._context: ssl.SSLContext | None = None

    def __call__(self, secure: bool, host: str, within: float) -> HTTPConnection:
        """Connect to `host` (with port where it is unusual); each step within so many seconds."""
        if not secure:
            return _connected(HTTPConnection(host, timeout=within))
        context = self._context = self._context or ssl.create_default_context(cafile=self._roots)
        try:
            return _connected(HTTPSConnection(host, timeout=within, context=context))
        except ssl.SSLCertVerificationError:
            if self._trust_more is None:
                raise
            self._trust_more(context)
            self._trust_more = None
        return _connected(HTTPSConnection(host, timeout=within, context=context))


def _connected(connection: HTTPConnection) -> HTTPConnection:
    connection.connect()
    return connection
