"""`POST /admin/api/<version>/graphql.json`, with planned faults."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, JSONResponse, Response

from local.netcore import connection
from local.store.admin.api import AdminApi, Request
from local.store.faults import Fault, Faults
from local.store.served import ServedStore
from local.store.webhooks import API_VERSION

Sleep = Callable[[float], Awaitable[None]]

_VERSION = re.compile(r"\d{4}-\d{2}|unstable")
_NAME = re.compile(r"\b(?:query|mutation)\s+(\w+)")
_PAGE = "<!doctype html><title>Something went wrong</title><h1>502 Bad Gateway</h1>"
_REFUSED = "[API] Invalid API key or access token (unrecognized login or wrong password)"


class AdminRoute:
    """Serves the Admin API of all stores; the access token tells which."""

    def __init__(
        self, api: AdminApi, stores: Mapping[str, ServedStore], faults: Faults, sleep: Sleep
    ) -> None:
        self._api = api
        self._stores = stores
        self._faults = faults
        self._sleep = sleep

    async def __call__(self, request: HttpRequest) -> Response:
        """Answer one request; any other version than ours falls forward, as Shopify's do."""
        asked = _asked(await request.body())
        fault = self._faults.due(request.url.path, _name_of(asked))
        if fault is None:
            return _versioned(self._answer(request, asked, None))
        if fault.do == "delay":
            await self._sleep(fault.seconds)
        if fault.do == "reset_before":
            await connection.reset(request.scope, request.receive)
        answer = JSONResponse({}) if fault.spoils else self._answer(request, asked, fault)
        if fault.do == "reset_after_apply":
            await connection.reset(request.scope, request.receive)
        told = spoilt(answer, fault)
        told.headers.update(fault.headers)
        return _versioned(told)

    def _answer(
        self, request: HttpRequest, asked: Request | None, fault: Fault | None
    ) -> JSONResponse:
        store = self._granted(request.headers.get("X-Shopify-Access-Token", ""))
        if store is None:
            return JSONResponse({"errors": _REFUSED}, 401)
        if not _VERSION.fullmatch(request.path_params["version"]):
            return JSONResponse({"errors": "Not Found"}, 404)
        if asked is None:
            wrong = {"query": "Required parameter missing or invalid"}
            return JSONResponse({"errors": wrong}, 400)
        if fault is not None and fault.do == "throttle":
            return JSONResponse(store.throttled())
        denied = {*fault.fields} if fault is not None else set()
        store.bulk.origin = _origin(request)
        return JSONResponse(store.ask(self._api, asked, denied))

    def _granted(self, token: str) -> ServedStore | None:
        return next((each for each in self._stores.values() if each.admits(token)), None)


def spoilt(answer: JSONResponse, fault: Fault) -> Response:
    """Return what becomes of an answer by a planned fault."""
    match fault.do:
        case "html":
            return HTMLResponse(_PAGE, fault.status or 200)
        case "empty":
            return Response(b"", fault.status or 200)
        case "null_data":
            return JSONResponse({"data": None}, fault.status or 200)
        case "status":
            return JSONResponse({"errors": "Planned fault"}, fault.status or 503)
        case "huge":
            return JSONResponse({**json.loads(bytes(answer.body)), "padding": "x" * fault.size})
        case _:
            return answer


def _origin(request: HttpRequest) -> str:
    """Where this simulator is reached; a client's Host is the store's."""
    host, port = request.scope.get("server") or ("127.0.0.1", None)
    return f"{request.url.scheme}://{host}{f':{port}' if port else ''}"


def _versioned(answer: Response) -> Response:
    answer.headers["X-Shopify-API-Version"] = API_VERSION
    return answer


def _asked(body: bytes) -> Request | None:
    try:
        made = json.loads(body)
    except ValueError:
        return None
    if not isinstance(made, dict) or not isinstance(made.get("query"), str):
        return None
    return Request(made["query"], made.get("variables") or {}, made.get("operationName"))


def _name_of(asked: Request | None) -> str:
    if asked is None:
        return ""
    named = _NAME.search(asked.query)
    return asked.operation or (named[1] if named else "")
