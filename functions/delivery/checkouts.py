"""Carries out `WatchCheckout`, `CloseCheckout`, `TouchCart`: what waits for its order."""

from functools import cache, partial

from shopbridge.abandonment.checkouts import Checkouts
from shopbridge.abandonment.delivery import Services, deliver
from shopbridge.commands import TIMED, Timed
from shopbridge.entry.abandonment_wiring import keyring
from shopbridge.entry.queue import Worker
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment


@cache
def services() -> Services:
    """Wire the worker, once per warm function."""
    wiring = Wiring(Environment())
    return Services(
        station=wiring.station,
        checkouts=partial(Checkouts, wiring.table("CHECKOUTS_TABLE")),
        keyring=keyring(wiring),
    )


handler: Worker[Timed, Services] = Worker(TIMED, deliver, services)
