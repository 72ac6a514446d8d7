"""Ends connections as broken networks do; ASGI itself has no word for it."""

import asyncio
import socket
import struct
from collections.abc import Callable

import uvicorn
from starlette.types import Receive, Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

_TRANSPORT = "netcore_transport"
_NO_LINGER = struct.pack("ii", 1, 0)


class BreakableProtocol(H11Protocol):
    """Uvicorn's HTTP protocol, except that requests can reach the connection they came by."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn itself narrows it
        """Hand the transport to every request of this connection, as state of its scope."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, _TRANSPORT: transport}


class Server(uvicorn.Server):
    """Uvicorn's server, except that it lets go of hanging requests before it waits for them."""

    def __init__(self, config: uvicorn.Config, let_go: Callable[[], None]) -> None:
        super().__init__(config)
        self._let_go = let_go

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Break off what hangs, then end as usual."""
        self._let_go()
        await super().shutdown(sockets)


async def reset(scope: Scope, receive: Receive) -> None:
    """
    Break the connection off: the client sees a reset.

    Raises:
        ConnectionResetError: there is no connection, since the application is called in process.
    """
    transport = _transport(scope)
    # Without lingering the kernel sends RST, not the FIN of a connection that ended well.
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
    transport.abort()
    await gone(receive)


async def close(scope: Scope, receive: Receive) -> None:
    """
    Send what was written and close, whether or not the answer was complete.

    Raises:
        ConnectionResetError: there is no connection, since the application is called in process.
    """
    _transport(scope).close()
    await gone(receive)


async def gone(receive: Receive) -> None:
    """Wait until the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _transport(scope: Scope) -> asyncio.Transport:
    transport = scope.get("state", {}).get(_TRANSPORT)
    if not isinstance(transport, asyncio.Transport):
        raise ConnectionResetError("the simulator broke the connection off")
    return transport
