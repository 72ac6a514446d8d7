"""`GET /_bulk/<shop>/<operation>.jsonl`: results, whole or by range, under signed addresses."""

import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.netcore import connection
from local.store.admin_route import Sleep, spoilt
from local.store.bulk.operation import Operation
from local.store.faults import Faults
from local.store.served import ServedStore

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
_LATE = (
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>ExpiredToken</Code>'
    "<Message>The provided token has expired.</Message></Error>"
)
_FORGED = '<?xml version="1.0" encoding="UTF-8"?><Error><Code>SignatureDoesNotMatch</Code></Error>'


class BulkRoute:
    """Serves what Shopify keeps at Google; the address alone is what admits."""

    def __init__(self, stores: Mapping[str, ServedStore], faults: Faults, sleep: Sleep) -> None:
        self._stores = stores
        self._faults = faults
        self._sleep = sleep

    async def listed(self, request: Request) -> Response:
        """`GET /_bulk`: the operations of a store, without their data."""
        store = self._stores[request.query_params.get("shop") or next(iter(self._stores))]
        store.look()
        told = [each.told(store.bulk.address) for each in store.bulk.all.values()]
        return JSONResponse(told)

    async def __call__(self, request: Request) -> Response:
        """Answer one request for a result; planned faults may spoil it."""
        fault = self._faults.due(request.url.path, "")
        if fault is None:
            return self._answer(request)
        if fault.do == "delay":
            await self._sleep(fault.seconds)
        if fault.do in ("reset_before", "reset_after_apply"):
            await connection.reset(request.scope, request.receive)
        if fault.do in ("status", "html", "empty"):
            return spoilt(JSONResponse({}), fault)
        return self._answer(request)

    def _answer(self, request: Request) -> Response:
        store = self._stores.get(request.path_params["shop"])
        asked = request.query_params
        expires = asked.get("Expires", "")
        name = request.path_params["name"].removesuffix(".jsonl")
        found = store and store.bulk.serves(name, expires, asked.get("Signature", ""))
        if not store or not found:
            return Response(_FORGED, 403, media_type="application/xml")
        if self._is_late(found, expires, store):
            return Response(_LATE, 400, media_type="application/xml")
        return _part(bytes(found.data), request.headers.get("Range", ""))

    def _is_late(self, found: Operation, expires: str, store: ServedStore) -> bool:
        if found.does == "bulk_expired" and found.fault and found.refused < found.fault.refusals:
            found.refused += 1
            return True
        return store.now().timestamp() >= int(expires)


def _part(data: bytes, asked: str) -> Response:
    kind = "application/jsonl"
    given = _RANGE.fullmatch(asked)
    if not given:
        return Response(data, media_type=kind, headers={"Accept-Ranges": "bytes"})
    first, last = int(given[1]), min(int(given[2] or len(data)), len(data) - 1)
    if first >= len(data):
        return Response(status_code=416, headers={"Content-Range": f"bytes */{len(data)}"})
    where = {"Content-Range": f"bytes {first}-{last}/{len(data)}", "Accept-Ranges": "bytes"}
    return Response(data[first : last + 1], 206, media_type=kind, headers=where)
