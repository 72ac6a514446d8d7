"""Stands in for Shopify stores: their Admin API, their webhooks and the life that makes them."""

from local.store.deliveries import Faults, Plan, Shares, plan, planned, stream
from local.store.life import EVENTS, Happening, happen
from local.store.life.history import new_world
from local.store.planned import PlannedDelivery
from local.store.resources import Change
from local.store.samples import UnknownTopic, sample
from local.store.webhooks import (
    API_VERSION,
    CLIENT_SECRET,
    Webhook,
    build,
    bus_entry,
    envelope,
    sign,
    webhook,
)
from local.store.world import SHOP, World

__all__ = [
    "API_VERSION",
    "CLIENT_SECRET",
    "EVENTS",
    "SHOP",
    "Change",
    "Faults",
    "Happening",
    "Plan",
    "PlannedDelivery",
    "Shares",
    "UnknownTopic",
    "Webhook",
    "World",
    "build",
    "bus_entry",
    "envelope",
    "happen",
    "new_world",
    "plan",
    "planned",
    "sample",
    "sign",
    "stream",
    "webhook",
]
