"""Carries out `RefreshProduct`: brings the catalogue's rows up to Shopify's current state."""

from functools import cache

from shopbridge.catalogue.delivery import Services, deliver
from shopbridge.catalogue.feeds import Feeds
from shopbridge.catalogue.reading import ProductReader
from shopbridge.catalogue.table import Catalogue
from shopbridge.commands import RefreshProduct
from shopbridge.entry.queue import Worker
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment


@cache
def services() -> Services:
    """Wire the worker, once per warm function."""
    wiring = Wiring(Environment())
    table = wiring.table("CATALOGUE_TABLE")
    return Services(
        station=wiring.station,
        reader=lambda store, lane: ProductReader(wiring.asks(store, lane)),
        catalogue=lambda store: Catalogue(table, store),
        feeds=Feeds(table),
    )


handler = Worker(RefreshProduct, deliver, services)
