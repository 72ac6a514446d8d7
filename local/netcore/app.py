"""Puts the simulator together."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware

from local.netcore import bulk_files, callbacks
from local.netcore.bulk_files import Fetch
from local.netcore.callbacks import Callbacks, Post
from local.netcore.control import Control
from local.netcore.endpoints import Endpoints, on_refused
from local.netcore.faults import Faults
from local.netcore.journal import Journal
from local.netcore.keys import AuthMode, Key
from local.netcore.misbehaviour import Misbehaviour, Sleep
from local.netcore.panel import Panel
from local.netcore.refusal import Refused

API_KEY = "netcore-local-key"
PRIMARY_KEY = "CUSTID"


def _now() -> datetime:
    return datetime.now(UTC)


def create_app(  # noqa: PLR0913  # all by keyword, all optional
    *,
    api_key: str = API_KEY,
    primary_key: str = PRIMARY_KEY,
    auth_mode: AuthMode = "both",
    state: Path | None = None,
    clock: Callable[[], datetime] = _now,
    sleep: Sleep = asyncio.sleep,
    post: Post = callbacks.post,
    fetch: Fetch = bulk_files.fetch,
) -> Starlette:
    """
    Make a simulator of one Netcore panel; `state.let_go()` ends what a fault holds.

    Args:
        api_key: the only key that opens it.
        primary_key: attribute that identifies its contacts; what an activity's `identity` means.
        auth_mode: header that the activity API takes the key from.
        state: file that keeps what was received over a restart; None forgets it.
        clock: gives `_received_at` and ends the windows of faults.
        sleep: waits, in seconds, for `delay` and `drip`.
        post: tells others of unsubscribes and web messages.
        fetch: gets files of contacts.
    """
    panel = Panel(primary_key, clock=clock, journal=Journal(state) if state else None)
    faults = Faults(clock)
    app = Starlette(
        routes=[
            *Endpoints(panel, Key(api_key, auth_mode), fetch).routes(),
            *Control(panel, faults, Callbacks(clock, post)).routes(),
        ],
        middleware=[Middleware(Misbehaviour, faults=faults, sleep=sleep)],
        exception_handlers={Refused: on_refused},
    )
    app.state.let_go = faults.clear
    return app
