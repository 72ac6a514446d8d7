"""Carries out planned faults, around an application that knows nothing of them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import assert_never

from starlette.requests import ClientDisconnect, Request
from starlette.responses import StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from local.netcore import connection
from local.netcore.canned import CANNED
from local.netcore.faults import Asked, Fault, Faults

BODY_LIMIT = 10 * 2**20  # bytes; API Gateway's. One more is kept, so that excess can be seen.

Sleep = Callable[[float], Awaitable[None]]


class Misbehaviour:
    """ASGI middleware: lets requests through to `app` unless a fault is due for them."""

    def __init__(self, app: ASGIApp, faults: Faults, sleep: Sleep) -> None:
        self._app = app
        self._faults = faults
        self._sleep = sleep

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; the simulator's own endpoints are out of reach of faults."""
        if scope["type"] != "http" or scope["path"].startswith("/_"):
            await self._app(scope, receive, send)
            return
        try:
            body = await _body(Request(scope, receive))
        except ClientDisconnect:
            return
        exchange = _Exchange(self._app, scope, receive, send, body)
        asked = Asked(scope["path"], scope["query_string"].decode("latin-1"), body)
        fault = self._faults.due(asked)
        if fault is None:
            await exchange.pass_on(send)
        else:
            await self._strike(fault, exchange)

    async def _strike(self, fault: Fault, exchange: "_Exchange") -> None:
        match fault.do:
            case "delay":
                await self._sleep(fault.seconds)
                await exchange.pass_on(exchange.send)
            case "hang":
                await self._hold(exchange)
            case "drip":
                await exchange.drip(lambda: self._sleep(fault.seconds))
            case "truncate":
                await exchange.truncate()
            case "reset_before":
                await connection.reset(exchange.scope, exchange.receive)
            case "reset_after_apply":
                await exchange.apply()
                await connection.reset(exchange.scope, exchange.receive)
            case (
                "status"
                | "throttle"
                | "html"
                | "redirect"
                | "error_200"
                | "empty"
                | "huge"
                | "gzip_bomb"
            ):
                response = CANNED[fault.do](fault, exchange.scope["path"])
                await response(exchange.scope, exchange.receive, exchange.send)
            case _:
                assert_never(fault.do)

    async def _hold(self, exchange: "_Exchange") -> None:
        """Answer nothing while the fault stands and the client waits; then break off."""
        cleared = asyncio.ensure_future(self._faults.cleared())
        left = asyncio.ensure_future(connection.gone(exchange.receive))
        try:
            await asyncio.wait((cleared, left), return_when=asyncio.FIRST_COMPLETED)
            if not left.done():
                left.cancel()
                await connection.reset(exchange.scope, exchange.receive)
        finally:
            cleared.cancel()
            left.cancel()


@dataclass(frozen=True)
class _Exchange:
    """One request with its body read, and what can be done with it."""

    app: ASGIApp
    scope: Scope
    receive: Receive
    send: Send
    body: bytes

    async def pass_on(self, send: Send) -> None:
        """Let the application answer to `send`."""
        unread = [self.body]

        async def receive() -> Message:
            if unread:
                return {"type": "http.request", "body": unread.pop(), "more_body": False}
            return await self.receive()

        await self.app(self.scope, receive, send)

    async def apply(self) -> tuple[Message, bytes]:
        """Let the application do its work, and keep its answer: the head, and all of the body."""
        said: list[Message] = []

        async def keep(message: Message) -> None:
            said.append(message)

        await self.pass_on(keep)
        return said[0], b"".join(message.get("body", b"") for message in said[1:])

    async def truncate(self) -> None:
        """Apply the request, then end the connection half-way through the answer."""
        head, body = await self.apply()
        await self.send(head)
        half = body[: len(body) // 2]
        await self.send({"type": "http.response.body", "body": half, "more_body": True})
        await connection.close(self.scope, self.receive)

    async def drip(self, wait: Callable[[], Awaitable[None]]) -> None:
        """Apply the request, then answer a byte at a time while the client listens."""
        head, body = await self.apply()

        async def slowly() -> AsyncIterator[bytes]:
            for byte in body:
                await wait()
                yield bytes((byte,))

        response = StreamingResponse(slowly(), head["status"])
        response.raw_headers = head["headers"]
        await response(self.scope, self.receive, self.send)


async def _body(request: Request) -> bytes:
    """Read the whole body, so that the client hears the answer, but keep no more than needed."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk[: BODY_LIMIT + 1 - len(body)]
    return bytes(body)
