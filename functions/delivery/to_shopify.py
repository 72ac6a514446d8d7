"""Carries out `Unsubscribe` and `FillCustomer`: what people said to Netcore, in Shopify."""

from functools import cache, partial

from shopbridge.commands import FOR_SHOPIFY, ForShopify
from shopbridge.entry import contact_wiring
from shopbridge.entry.queue import Worker
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment
from shopbridge.to_shopify.delivery import Services, deliver


@cache
def services() -> Services:
    """Wire the worker, once per warm function."""
    wiring = Wiring(Environment())
    return Services(
        station=wiring.station,
        gateway=wiring.gateway,
        settling=partial(contact_wiring.settling, wiring),
    )


handler: Worker[ForShopify, Services] = Worker(FOR_SHOPIFY, deliver, services)
