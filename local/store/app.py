"""The store simulator as an ASGI application."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Route

from local.schema import SCHEMA
from local.store.admin.api import AdminApi
from local.store.admin.cost import RULES
from local.store.admin.schema import load
from local.store.admin_route import AdminRoute, Sleep
from local.store.controls import Controls
from local.store.faults import Faults
from local.store.life.history import new_world
from local.store.served import ServedStore, Terms
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


def create_app(
    shops: Sequence[Shop] = (Shop(),),
    *,
    schema: Path = SCHEMA,
    rule: str = "sublinear",
    seconds: Callable[[], float] = time.monotonic,
    sleep: Sleep = asyncio.sleep,
) -> Starlette:
    """
    Build the simulator for `shops`, each with an access token of its own.

    `rule` prices lists (`linear` or `sublinear`); `seconds` is the buckets' clock,
    and `sleep` waits for a planned delay.
    """
    stores = {each.domain: _open(each, seconds) for each in shops}
    faults = Faults()
    admin = AdminRoute(AdminApi(load(schema), RULES[rule]), stores, faults, sleep)
    return Starlette(routes=[_admin_route(admin), *_control_routes(Controls(stores, faults))])


def _open(shop: Shop, seconds: Callable[[], float]) -> ServedStore:
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
    )


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
        Route("/_stream", controls.stream, methods=["POST"]),
        Route("/_world", controls.change, methods=["POST"]),
        Route("/_world", controls.look),
        Route("/_world/{kind}", controls.look),
        Route("/_world/{kind}/{id:path}", controls.look),
    ]
