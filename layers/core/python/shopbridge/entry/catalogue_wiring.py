"""Wires what builds feeds and what serves them."""

from functools import partial

import boto3

from shopbridge.catalogue.feeds import Feeds
from shopbridge.catalogue.objects import Objects
from shopbridge.catalogue.publishing import Publisher
from shopbridge.catalogue.table import Catalogue
from shopbridge.entry import feed_building, feed_serving
from shopbridge.entry.patience import LINKS, PATIENCE
from shopbridge.entry.shopify_wiring import now
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment
from shopbridge.stores.store import Store


def building(environment: Environment) -> feed_building.Services:
    """Wire what builds."""
    wiring = Wiring(environment)
    table = wiring.table("CATALOGUE_TABLE")
    publisher = Publisher(
        feeds=Feeds(table),
        rows=lambda store: Catalogue(table, store).rows(),
        objects=Objects(boto3.client("s3", config=PATIENCE), environment["KEPT_BUCKET"]),
        vault=wiring.vault,
        now=now,
    )
    return feed_building.Services(publisher, partial(_store, wiring), now)


def serving(environment: Environment) -> feed_serving.Services:
    """Wire what serves."""
    wiring = Wiring(environment)
    return feed_serving.Services(
        feeds=Feeds(wiring.table("CATALOGUE_TABLE")),
        objects=Objects(boto3.client("s3", config=LINKS), environment["KEPT_BUCKET"]),
        store=partial(_store, wiring),
    )


def _store(wiring: Wiring, name: str) -> Store | None:
    return wiring.store(name).get()
