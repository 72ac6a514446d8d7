"""Calls the simulator without a port, from code that uses httpx the synchronous way."""

import asyncio

import httpx
from starlette.types import ASGIApp


class InProcess(httpx.BaseTransport):
    """
    Hand this to an `httpx.Client` to talk to an application in the same thread.

    A broken connection becomes `httpx.ReadError` and the read timeout holds for the whole
    answer, as they would be seen over a socket.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._transport = httpx.ASGITransport(app)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request; redirects, decoding and limits stay with the client."""
        return asyncio.run(self._answer(request))

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        seconds = request.extensions.get("timeout", {}).get("read")
        try:
            async with asyncio.timeout(seconds):
                response = await self._transport.handle_async_request(request)
                body = b"".join([part async for part in response.aiter_raw()])
        except TimeoutError as exc:
            raise httpx.ReadTimeout("the simulator does not answer", request=request) from exc
        except ConnectionResetError as exc:
            raise httpx.ReadError(str(exc), request=request) from exc
        return httpx.Response(
            response.status_code, headers=response.headers, stream=httpx.ByteStream(body)
        )
