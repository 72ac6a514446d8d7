"""The endpoints by which tests and people look at simulated stores and disturb them."""

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local.store.deliveries import Faults as StreamFaults
from local.store.deliveries import Shares
from local.store.faults import PLANS, Faults
from local.store.life import EVENTS
from local.store.served import ServedStore

KINDS = {
    "customers": "Customer",
    "orders": "Order",
    "products": "Product",
    "variants": "ProductVariant",
    "inventory_items": "InventoryItem",
    "locations": "Location",
    "checkouts": "AbandonedCheckout",
    "pixels": "WebPixel",
    "metafields": "Metafield",
    "webhook_subscriptions": "WebhookSubscription",
}
"""Words of `GET /_world/<kind>`, and the GraphQL types they stand for."""


class Controls:
    """All stores by domain; a request names one with `?shop=`, or means the first."""

    def __init__(
        self,
        stores: MutableMapping[str, ServedStore],
        faults: Faults,
        make: Callable[[str, int | None], ServedStore],
    ) -> None:
        self._stores = stores
        self._faults = faults
        self._make = make

    async def health(self, request: Request) -> Response:
        """`GET /_health`: up, and with which stores."""
        return JSONResponse({"ok": True, "shops": list(self._stores)})

    async def open(self, request: Request) -> Response:
        """
        `POST /_stores {"shop": domain, "customers": n}`: open a further store, with so many.

        Answers with its token.
        """
        given = await request.json()
        shop = given["shop"]
        store = self._stores.get(shop) or self._stores.setdefault(
            shop, self._make(shop, given.get("customers"))
        )
        return JSONResponse({"shop": shop, "access_token": store.terms.token}, 201)

    async def received(self, request: Request) -> Response:
        """`GET /_received`: the mutations, oldest first, and how many queries there were."""
        store = self._store(request)
        return JSONResponse({"mutations": store.mutations, "queries": store.queries})

    async def webhooks(self, request: Request) -> Response:
        """`POST /_webhooks`: hand out, once, the signed webhooks that came by themselves."""
        made = self._store(request).unheard()
        return JSONResponse({"deliveries": [each.to_json() for each in made]})

    async def canaries(self, request: Request) -> Response:
        """`GET /_canaries`: every made-up word that no log may contain, by kind."""
        known: dict[str, list[str]] = {"secrets": []}
        for store in self._stores.values():
            known["secrets"] += [store.terms.token, store.terms.secret]
            for kind, words in store.world.people.known().items():
                known[kind] = known.get(kind, []) + words
        return JSONResponse(known)

    async def reset(self, request: Request) -> Response:
        """`POST /_reset`: every store as it was at the start, and no faults."""
        for store in self._stores.values():
            store.reset()
        self._faults.clear()
        return JSONResponse({"ok": True})

    async def list_faults(self, request: Request) -> Response:
        """`GET /_faults`: what is planned, and what has struck."""
        return JSONResponse({"faults": self._faults.listed()})

    async def plan_faults(self, request: Request) -> Response:
        """`POST /_faults`: plan one fault or a list; with a mistake in it nothing is planned."""
        given = await request.json()
        try:
            faults = PLANS.validate_python(given if isinstance(given, list) else [given])
        except ValidationError as exc:
            return JSONResponse({"errors": exc.errors(include_url=False)}, 400)
        self._faults.plan(faults)
        return JSONResponse({"faults": self._faults.listed()}, 201)

    async def clear_faults(self, request: Request) -> Response:
        """`DELETE /_faults`: nothing goes wrong any more."""
        self._faults.clear()
        return JSONResponse({"faults": []})

    async def look(self, request: Request) -> Response:
        """`GET /_world`, `/_world/<kind>`, `/_world/<kind>/<id or gid>`: the world as it is."""
        world = self._store(request).world
        kind = KINDS.get(request.path_params.get("kind", ""))
        if "kind" not in request.path_params:
            return JSONResponse({word: len([*world.all(name)]) for word, name in KINDS.items()})
        if kind is None:
            return JSONResponse({"error": "unknown kind", "known": sorted(KINDS)}, 404)
        if "id" not in request.path_params:
            return JSONResponse([*world.all(kind)])
        gid = f"gid://shopify/{kind}/{request.path_params['id'].rpartition('/')[2]}"
        found = world.resources.get(gid)
        return JSONResponse(found, 200) if found else JSONResponse({"error": "not found"}, 404)

    async def change(self, request: Request) -> Response:
        """
        `POST /_world`: let life happen.

        `{"event": name, "target": gid, "how": {…}}` answers with the signed webhooks it makes;
        `{"set": {"id": gid, "fields": {…}}}` writes fields and tells nobody;
        `{"advance": step}` lets a planned stream happen up to that step.
        """
        store, given = self._store(request), await request.json()
        try:
            return JSONResponse(_change(store, given))
        except (KeyError, TypeError, StopIteration) as exc:
            error = f"{type(exc).__name__}: {exc}"
            return JSONResponse({"error": error, "events": sorted(EVENTS)}, 400)

    async def stream(self, request: Request) -> Response:
        """`POST /_stream {n, seed, faults}`: plan deliveries; `/_world {advance}` follows them."""
        given = await request.json()
        wrong = dict(given.get("faults", {}))
        shares = Shares(**wrong.pop("shares", {}))
        made = self._store(request).foresee(
            given["n"], given.get("seed", 1), StreamFaults(shares=shares, **wrong)
        )
        return JSONResponse({"deliveries": [each.to_json() for each in made]})

    def _store(self, request: Request) -> ServedStore:
        shop = request.query_params.get("shop") or next(iter(self._stores))
        if shop not in self._stores:
            raise HTTPException(404, f"no store {shop}")
        return self._stores[shop]


def _change(store: ServedStore, given: Mapping[str, Any]) -> dict[str, Any]:
    if "advance" in given:
        return {"step": store.advance(given["advance"])}
    if "set" in given:
        store.change(given["set"]["id"], given["set"]["fields"])
        return {"resources": [given["set"]["id"]]}
    happening, made = store.live(given["event"], given.get("target"), given.get("how", {}))
    return {
        "event_id": happening.event_id,
        "resources": list(happening.states),
        "deliveries": [each.to_json() for each in made],
    }
