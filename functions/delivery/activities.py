"""Carries out `RecordActivity`: adds what happened to contacts' time lines at Netcore."""

from functools import cache, partial

from shopbridge.activities.delivery import Services, deliver
from shopbridge.activities.sending import Sender
from shopbridge.commands import RecordActivity
from shopbridge.entry.queue import Worker
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment
from shopbridge.stores.store import Store
from shopbridge.work import Lane


@cache
def services() -> Services:
    """Wire the worker, once per warm function."""
    wiring = Wiring(Environment())
    return Services(
        station=wiring.station,
        receipts=wiring.receipts,
        buyers=wiring.buyers,
        sender=partial(sender, wiring),
    )


def sender(wiring: Wiring, store: Store, lane: Lane) -> Sender:
    """Build one store's way to Netcore's activity API."""
    return Sender(
        client=wiring.netcore(store),
        paced=wiring.paced(store, lane),
        receipts=wiring.receipts(store.name),
        now=wiring.station.now,
    )


handler = Worker(RecordActivity, deliver, services)
