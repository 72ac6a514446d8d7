"""Wrong answers that need nothing from the panel: none of them applies the request."""

import zlib
from collections.abc import Callable, Iterator
from http import HTTPStatus
from http.client import responses

from starlette.responses import RedirectResponse, Response, StreamingResponse

from local.netcore import reading
from local.netcore.answers import AsciiJSONResponse
from local.netcore.faults import Deed, Fault

HUGE_MB = 50
BOMB_MB = 1024  # when inflated; about 1 MB on the wire
METADATA = "http://169.254.169.254/latest/meta-data/"  # where no client may ever be sent

_MB_OF_BLANKS = b" " * 2**20
_SUCCESS = b'{"result":"Success"}'
_GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"


def _status(fault: Fault, path: str) -> Response:
    return _says(responses.get(fault.status, "Failure"), fault.status, fault)


def _throttle(fault: Fault, path: str) -> Response:
    return _says("Too Many Requests", HTTPStatus.TOO_MANY_REQUESTS, fault)


def _says(message: str, status: int, fault: Fault) -> Response:
    wait = {"retry-after": fault.retry_after} if fault.retry_after else None
    return AsciiJSONResponse({"message": message}, status_code=status, headers=wait)


def _html(fault: Fault, path: str) -> Response:
    return Response("<html><body>Scheduled maintenance</body></html>", media_type="text/html")


def _redirect(fault: Fault, path: str) -> Response:
    return RedirectResponse(METADATA, HTTPStatus.MOVED_PERMANENTLY)


def _error_200(fault: Fault, path: str) -> Response:
    return AsciiJSONResponse({"result" if path == "/apiv2" else "error": fault.message})


def _empty(fault: Fault, path: str) -> Response:
    return Response()


def _huge(fault: Fault, path: str) -> Response:
    return StreamingResponse(_blanks(), media_type=reading.JSON)


def _gzip_bomb(fault: Fault, path: str) -> Response:
    return StreamingResponse(
        gzip_bomb(BOMB_MB), media_type=reading.JSON, headers={"content-encoding": "gzip"}
    )


CANNED: dict[Deed, Callable[[Fault, str], Response]] = {
    "status": _status,
    "throttle": _throttle,
    "html": _html,
    "redirect": _redirect,
    "error_200": _error_200,
    "empty": _empty,
    "huge": _huge,
    "gzip_bomb": _gzip_bomb,
}


def _blanks() -> Iterator[bytes]:
    yield _SUCCESS
    for _ in range(HUGE_MB):
        yield _MB_OF_BLANKS


def gzip_bomb(megabytes: int) -> Iterator[bytes]:
    """Make a sound gzip stream of a success and `megabytes` of blanks, a megabyte a chunk."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    yield _GZIP_HEAD + deflate.compress(_SUCCESS) + deflate.flush(zlib.Z_FULL_FLUSH)
    # After a full flush nothing refers back, so the same compressed megabyte can be repeated.
    megabyte = deflate.compress(_MB_OF_BLANKS) + deflate.flush(zlib.Z_FULL_FLUSH)
    checksum = zlib.crc32(_SUCCESS)
    for _ in range(megabytes):
        yield megabyte
        checksum = zlib.crc32(_MB_OF_BLANKS, checksum)
    size = (len(_SUCCESS) + megabytes * 2**20) % 2**32
    yield deflate.flush() + checksum.to_bytes(4, "little") + size.to_bytes(4, "little")
