"""The store simulator as an ASGI application."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Route

from local.schema import SCHEMA
from local.store.admin.api import AdminApi
from local.store.admin.cost import RULES
from local.store.admin.schema import load
from local.store.admin_route import AdminRoute, Sleep
from local.store.bulk.route import BulkRoute
from local.store.controls import Controls
from local.store.embedding import embedding_routes
from local.store.faults import Faults
from local.store.life.history import new_world
from local.store.oauth.route import OAuthRoute
from local.store.oauth.routes import oauth_routes
from local.store.served import Now, ServedStore, Terms, in_fact
from local.store.world import SHOP


@dataclass(frozen=True, slots=True)
class Shop:
    """One store to simulate; its past is made up from `seed`, `start` (or now) and the numbers."""

    domain: str = SHOP
    terms: Terms = field(default_factory=Terms)
    seed: int = 1
    start: datetime | None = None
    currency: str = "USD"
    customers: int = 12
    products: int = 6


def create_app(  # noqa: PLR0913 - what differs between the tests and a run
    shops: Sequence[Shop] = (Shop(),),
    *,
    schema: Path = SCHEMA,
    rule: str = "sublinear",
    seconds: Callable[[], float] = time.monotonic,
    sleep: Sleep = asyncio.sleep,
    now: Now = in_fact,
    app_url: str = "",
) -> Starlette:
    """
    Build the simulator for `shops`, each with an access token of its own.

    `app_url` is what their admin shows in a frame; `rule` prices lists (`linear` or
    `sublinear`); `seconds` is the buckets' clock, `now` everything else's, and `sleep` waits
    for a planned delay.
    """
    faults = Faults()
    stores = {each.domain: _opened(each, seconds, now, faults) for each in shops}
    admin = AdminRoute(AdminApi(load(schema), RULES[rule]), stores, faults, sleep)
    oauth = OAuthRoute(stores, faults, sleep)
    controls = Controls(
        stores, faults, lambda domain, n: _opened(_further(stores, domain, n), seconds, now, faults)
    )
    app = Starlette(
        routes=[
            _admin_route(admin),
            *_bulk_routes(BulkRoute(stores, faults, sleep)),
            *oauth_routes(oauth),
            *embedding_routes(stores, app_url),
            *_control_routes(controls),
        ]
    )
    app.state.stores = stores
    return app


def _further(stores: Mapping[str, ServedStore], domain: str, customers: int | None) -> Shop:
    """Describe one more store: the app's secret is the first store's, its token is its own."""
    first, number = next(iter(stores.values())).terms, len(stores) + 1
    shop = Shop(domain, replace(first, token=f"{first.token}_{number}"), seed=number)
    return shop if customers is None else replace(shop, customers=customers)


def _opened(shop: Shop, seconds: Callable[[], float], now: Now, faults: Faults) -> ServedStore:
    return ServedStore(
        lambda: new_world(
            shop.domain,
            seed=shop.seed,
            start=shop.start,
            currency=shop.currency,
            customers=shop.customers,
            products=shop.products,
        ),
        shop.terms,
        seconds=seconds,
        now=now,
        faults=faults,
    )


def _bulk_routes(bulk: BulkRoute) -> list[Route]:
    return [
        Route("/_bulk", bulk.listed),
        Route("/_bulk/{shop}/{name}", bulk.__call__),
    ]


def _admin_route(admin: AdminRoute) -> Route:
    return Route("/admin/api/{version}/graphql.json", admin.__call__, methods=["POST"])


def _control_routes(controls: Controls) -> list[Route]:
    return [
        Route("/_health", controls.health),
        Route("/_received", controls.received),
        Route("/_canaries", controls.canaries),
        Route("/_faults", controls.list_faults),
        Route("/_faults", controls.plan_faults, methods=["POST"]),
        Route("/_faults", controls.clear_faults, methods=["DELETE"]),
        Route("/_reset", controls.reset, methods=["POST"]),
        Route("/_stores", controls.open, methods=["POST"]),
        Route("/_stream", controls.stream, methods=["POST"]),
        Route("/_webhooks", controls.webhooks, methods=["POST"]),
        Route("/_world", controls.change, methods=["POST"]),
        Route("/_world", controls.look),
        Route("/_world/{kind}", controls.look),
        Route("/_world/{kind}/{id:path}", controls.look),
    ]
