"""Opening connections, with as little TLS set-up as is safe."""

import socket
import ssl
from collections.abc import Callable

from shopbridge.aws.wire import Wire

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

    def __call__(self, secure: bool, host: str, within: float) -> Wire:
        """Connect to `host` (with port where it is unusual); each step within so many seconds."""
        if not secure:
            return Wire(_connected(host, 80, within))
        context = self._context = self._context or ssl.create_default_context(cafile=self._roots)
        try:
            return Wire(_secured(context, host, within))
        except ssl.SSLCertVerificationError:
            if self._trust_more is None:
                raise
            self._trust_more(context)
            self._trust_more = None
        return Wire(_secured(context, host, within))


def _secured(context: ssl.SSLContext, host: str, within: float) -> ssl.SSLSocket:
    """Connect, and let the other side prove that it is `host`; where it cannot, hang up."""
    return context.wrap_socket(_connected(host, 443, within), server_hostname=_split(host, 443)[0])


def _connected(host: str, port: int, within: float) -> socket.socket:
    connected = socket.create_connection(_split(host, port), within)
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connected


def _split(host: str, port: int) -> tuple[str, int]:
    """Return name and port of `h`, `h:4610` or `[::1]:4610`."""
    name, colon, given = host.rpartition(":")
    if colon and given.isdigit():
        return name.strip("[]"), int(given)
    return host.strip("[]"), port
