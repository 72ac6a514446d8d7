"""Carries out `RefreshContact` and `SendContact`: brings contacts at Netcore up to Shopify's."""

from functools import cache, partial

from shopbridge.commands import RefreshContact, SendContact
from shopbridge.contacts.delivery import Contact, Services, deliver
from shopbridge.entry import contact_wiring
from shopbridge.entry.queue import Worker
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment


@cache
def services() -> Services:
    """Wire the worker, once per warm function."""
    wiring = Wiring(Environment())
    return Services(wiring.station, refresh=partial(contact_wiring.refresh, wiring))


handler: Worker[Contact, Services] = Worker((RefreshContact, SendContact), deliver, services)
