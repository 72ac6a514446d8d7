"""`/admin/oauth/…` of all stores, with planned faults."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

import jwt
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from local.netcore import connection
from local.store.admin_route import Sleep, spoilt
from local.store.faults import Fault, Faults
from local.store.oauth.pairs import Refused
from local.store.oauth.signing import signed_query
from local.store.served import ServedStore

EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
CALLBACK = "/auth/callback"


class OAuthRoute:
    """The host of a request names the store; `?shop=` does where all stores share one host."""

    def __init__(self, stores: Mapping[str, ServedStore], faults: Faults, sleep: Sleep) -> None:
        self._stores = stores
        self._faults = faults
        self._sleep = sleep

    async def authorize(self, request: Request) -> Response:
        """`GET authorize`: the simulated merchant grants all that the app asks for, at once."""
        store, asked = self.store(request), request.query_params
        redirect_uri = asked.get("redirect_uri", "")
        if asked.get("client_id") != store.terms.client_id:
            return JSONResponse({"error": "invalid_client"}, 400)
        if not urlsplit(redirect_uri).path.endswith(CALLBACK):
            return JSONResponse({"error": "redirect_uri is not whitelisted"}, 400)
        query = signed_query(
            store.domain,
            store.terms.secret,
            store.now(),
            code=store.tokens.code(),
            state=asked.get("state", ""),
        )
        return RedirectResponse(f"{redirect_uri}?{query}", 302)

    async def access_token(self, request: Request) -> Response:
        """`POST access_token`: a code, an id token or a refresh token becomes a pair."""
        asked = _fields(await request.body(), request.headers.get("content-type", ""))
        kind = asked.get("grant_type") or "code"
        fault = self._faults.due(request.url.path, kind)
        if fault is None:
            return self._answer(request, kind, asked, None)
        if fault.do == "delay":
            await self._sleep(fault.seconds)
        if fault.do == "reset_before":
            await connection.reset(request.scope, request.receive)
        answer = JSONResponse({}) if fault.spoils else self._answer(request, kind, asked, fault)
        if fault.do == "reset_after_apply":
            await connection.reset(request.scope, request.receive)
        told = spoilt(answer, fault)
        told.headers.update(fault.headers)
        return told

    def store(self, request: Request) -> ServedStore:
        """Find the store that a request is for."""
        host = request.headers.get("host", "").partition(":")[0]
        named = host if host in self._stores else request.query_params.get("shop", "")
        return self._stores.get(named) or next(iter(self._stores.values()))

    def _answer(
        self, request: Request, kind: str, asked: Mapping[str, str], fault: Fault | None
    ) -> JSONResponse:
        store = self.store(request)
        if fault is not None and fault.do == "oauth_error":
            return JSONResponse({"error": fault.error}, 400)
        known = asked.get("client_id") == store.terms.client_id
        if not known or asked.get("client_secret") != store.terms.secret:
            return JSONResponse({"error": "invalid_client"}, 400)
        try:
            answer = _granted(store, kind, asked)
        except Refused as exc:
            return JSONResponse({"error": str(exc)}, 400)
        if fault is not None and fault.do == "fewer_scopes":
            left = [s for s in answer["scope"].split(",") if s not in fault.fields]
            answer = {**answer, "scope": ",".join(left)}
        return JSONResponse(answer)


def _granted(store: ServedStore, kind: str, asked: Mapping[str, str]) -> dict[str, str]:
    if kind == "refresh_token":
        return store.tokens.by_refresh(asked.get("refresh_token", ""))
    if kind == EXCHANGE:
        try:
            jwt.decode(
                asked.get("subject_token", ""),
                store.terms.secret,
                algorithms=["HS256"],
                audience=store.terms.client_id,
            )
        except jwt.PyJWTError as exc:
            raise Refused("invalid_subject_token") from exc
        return store.tokens.granted("token_exchange")
    return store.tokens.by_code(asked.get("code", ""))


def _fields(body: bytes, content_type: str) -> dict[str, str]:
    if "json" not in content_type:
        return dict(parse_qsl(body.decode("utf-8", "replace")))
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in told.items()} if isinstance(told, dict) else {}
