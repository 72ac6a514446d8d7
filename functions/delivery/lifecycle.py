"""Carries out what concerns the store itself: its name, its scopes, its exports, its leaving."""

from functools import cache, partial

from shopbridge.commands import LIFECYCLE, Lifecycle
from shopbridge.entry.history_wiring import HistoryWiring
from shopbridge.entry.queue import Worker
from shopbridge.entry.resumption import resume_later
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment
from shopbridge.historic_sync.bulk.waking import wake
from shopbridge.lifecycle.delivery import Services, deliver
from shopbridge.stores.tokens import TokenRow


@cache
def services() -> Services:
    """Wire the worker, once per warm function."""
    environment = Environment()
    wiring, history = Wiring(environment), HistoryWiring(environment)
    return Services(
        station=wiring.station,
        tokens=partial(TokenRow, wiring.table("STORES_TABLE")),
        resume=resume_later(environment),
        wake=lambda store, id_: wake(history.control(store), id_),
    )


handler: Worker[Lifecycle, Services] = Worker(LIFECYCLE, deliver, services)
