"""How a store is doing: what needs somebody, and what came in the last 24 hours."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from pydantic import BaseModel

from shopbridge.entry.api.desk import AtDesk, Sight
from shopbridge.entry.api.events import Received, by_topic
from shopbridge.entry.api.problems import Finding
from shopbridge.entry.api.scopes import ScopeState, scope_state
from shopbridge.outcome import OPEN
from shopbridge.stores.rules import unready
from shopbridge.stores.store import Status, Store

DAY: Final = timedelta(hours=24)


class NetcoreState(BaseModel):
    """How Netcore is reached; never its key."""

    region: str
    website_id: str
    key_saved: bool
    stopped: str | None
    """Why nothing is sent until somebody mends it."""


class Overview(BaseModel):
    """All that a status strip shows."""

    store: str
    name: str
    status: Status
    version: int
    installed_at: datetime
    action_needed: list[Finding]
    netcore: NetcoreState
    scopes: ScopeState
    received_24h: int
    last_received: datetime | None
    """The hour, UTC, in which something came last, within 7 days."""
    failed_24h: int
    """Deliveries and commands of these 24 hours that are parked or failed."""


def overview(desk: AtDesk) -> Overview:
    """Whether the store is connected, what to do if not, and the last 24 hours."""
    return seen(desk)


def seen(sight: Sight) -> Overview:
    """Say how the store in `sight` is doing."""
    store = sight.store
    topics = by_topic(sight)
    return Overview(
        store=store.name,
        name=store.shop.get("name", ""),
        status=store.status,
        version=store.version,
        installed_at=store.installed_at,
        action_needed=list(_needs(store)),
        netcore=_netcore(store),
        scopes=scope_state(store),
        received_24h=sum(one.deliveries_24h for one in topics.values()),
        last_received=_latest(topics),
        failed_24h=_failed(sight),
    )


def _needs(store: Store) -> Iterator[Finding]:
    if store.status == "uninstalled":
        yield Finding(field="status", message="Install the app again.", code="uninstalled")
        return
    if store.reauthorise_since:
        yield Finding(field="scopes", message="Open the app and authorise it.", code="reauthorise")
    if store.circuit:
        yield Finding(
            field="netcore.api_key", message="Netcore refuses the key: save one.", code="stopped"
        )
    for one in unready(store):
        yield Finding(field=one.field, message=one.message, code=one.code)
    if store.status == "installed":
        yield Finding(field="status", message="Enable it: nothing is sent yet.", code="not_enabled")


def _netcore(store: Store) -> NetcoreState:
    chosen = store.settings.netcore
    return NetcoreState(
        region=chosen.region,
        website_id=chosen.website_id,
        key_saved=store.sealed_netcore_key is not None,
        stopped=store.circuit,
    )


def _latest(topics: Mapping[str, Received]) -> datetime | None:
    return max((one.last_received for one in topics.values() if one.last_received), default=None)


def _failed(sight: Sight) -> int:
    since = f"{sight.now() - DAY:%Y-%m-%dT%H}"
    return sum(
        int(number)
        for row in sight.ledger.counters(sight.store.name, since)
        for name, number in row.items()
        if name.partition(".")[0] in OPEN
    )
