"""The endpoints by which tests and people act as the merchant who has the app."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.store.bodies.shop import shop as shop_body
from local.store.life import Happening
from local.store.oauth.route import OAuthRoute
from local.store.oauth.signing import id_token, signed_query
from local.store.resources import Change
from local.store.served import ServedStore

FROM_PAGES = {"Access-Control-Allow-Origin": "*"}
"""The stand-in for App Bridge runs in the app's page, which is another origin."""

DOES = "uninstall, grant (scopes), scopes, expire, embed (block, on)"


class AppControls:
    """What the merchant does with the app; a request names the store with `?shop=`."""

    def __init__(self, route: OAuthRoute) -> None:
        self._route = route

    async def link(self, request: Request) -> Response:
        """`GET /_install`: the signed query of the link that a merchant follows to the app."""
        store = self._route.store(request)
        query = signed_query(store.domain, store.terms.secret, store.now())
        return JSONResponse({"query": query})

    async def id_token(self, request: Request) -> Response:
        """`GET /_id_token`: what App Bridge gives the embedded page, for one minute."""
        store = self._route.store(request)
        made = id_token(
            store.domain, store.terms.secret, store.now(), client_id=store.terms.client_id
        )
        return JSONResponse({"id_token": made}, headers=FROM_PAGES)

    async def grants(self, request: Request) -> Response:
        """`GET /_grants`: every grant and refresh that was given, oldest first."""
        return JSONResponse({"grants": self._route.store(request).tokens.made})

    async def act(self, request: Request) -> Response:
        """
        `POST /_app`: answers with the signed webhooks that it makes.

        `{"do": "uninstall"}` removes the app; `{"do": "grant", "scopes": […]}` changes what it
        may do, `{"do": "scopes"}` tells it; `{"do": "expire"}` ends its access tokens and tells
        nobody; `{"do": "embed", "block": …, "on": …}` saves the theme's app embeds.
        """
        store, given = self._route.store(request), await request.json()
        match given:
            case {"do": "uninstall"}:
                store.tokens.revoke()
                made = _told(store, "app/uninstalled", _shop(store))
            case {"do": "grant", "scopes": list(scopes)}:
                body = _scopes(store, frozenset(scopes))
                store.tokens.scopes = frozenset(scopes)
                made = _told(store, "app/scopes_update", body)
            case {"do": "expire"}:
                store.tokens.expire()
                made = []
            case {"do": "embed", "block": str(block), "on": bool(is_on)}:
                store.embeds = store.embeds | {block} if is_on else store.embeds - {block}
                made = []
            case {"do": "scopes"}:
                made = []
            case _:
                return JSONResponse({"error": f"do: {DOES}"}, 400)
        told = {
            "deliveries": made,
            "scopes": sorted(store.tokens.scopes),
            "embeds": sorted(store.embeds),
        }
        return JSONResponse(told, headers=FROM_PAGES)


def _told(store: ServedStore, topic: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    world = store.world
    change = Change(topic, next(world.all("Shop"))["id"], body)
    at = store.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    happening = Happening(topic, world.uuid(), at, (change,), {})
    return [each.to_json() for each in store.signed(happening)]


def _shop(store: ServedStore) -> dict[str, Any]:
    return dict(shop_body(store.world, next(store.world.all("Shop"))))


def _scopes(store: ServedStore, granted: frozenset[str]) -> dict[str, Any]:
    return {
        "id": 1,
        "shop_id": next(store.world.all("Shop"))["id"],
        "previous": sorted(store.tokens.scopes),
        "current": sorted(granted),
        "updated_at": store.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
