"""Carries out `ChangeConsent`: who said yes or no, on Netcore's blacklist and in attributes."""

from functools import cache, partial

from shopbridge.commands import ChangeConsent
from shopbridge.consents.delivery import Services, deliver
from shopbridge.consents.keys import keys
from shopbridge.entry import contact_wiring
from shopbridge.entry.queue import Worker
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment


@cache
def services() -> Services:
    """Wire the worker, once per warm function."""
    wiring = Wiring(Environment())
    return Services(
        station=wiring.station,
        keys=partial(keys, reader=wiring.reader),
        settling=partial(contact_wiring.settling, wiring),
    )


handler = Worker(ChangeConsent, deliver, services)
