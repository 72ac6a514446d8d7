"""Carries out what concerns the website, for one store; nothing leaves for Netcore."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shopbridge.commands import ConfigureStorefront, HoldActivity, KnowVisitor, Tracking
from shopbridge.errors import AdminRejected, AdminUnavailable
from shopbridge.passing import AWS_FAILURES
from shopbridge.shopify.readers import Asks
from shopbridge.station.station import Station
from shopbridge.stores.store import Store
from shopbridge.website_tracking.joining import Joining
from shopbridge.website_tracking.storefront import configure
from shopbridge.work import Ended, Item, Later, Result


@dataclass(frozen=True, slots=True)
class Services:
    """What the worker needs beside its station."""

    station: Station
    joining: Callable[[Store], Joining]
    shopify: Callable[[Store], Asks]
    collect_url: str


def deliver(store: Store, items: Sequence[Item[Tracking]], services: Services) -> Sequence[Result]:
    """
    Carry out `items`; one result for each, in their order.

    Settings are told once for all who asked: they are read as they are now.
    """
    asked = any(isinstance(item.command, ConfigureStorefront) for item in items)
    configured = _configured(store, services) if asked else Ended("delivered")
    visitors = [item for item in items if not isinstance(item.command, ConfigureStorefront)]
    joining = services.joining(store) if visitors else None
    return [
        configured
        if joining is None or isinstance(item.command, ConfigureStorefront)
        else _joined(item.command, joining)
        for item in items
    ]


def _configured(store: Store, services: Services) -> Result:
    """What Shopify refuses concerns the settings alone: visitors' events go on."""
    try:
        configure(store, services.shopify(store), services.collect_url)
    except AdminUnavailable as exc:
        return Later(str(exc), exc.retry_after)
    except AdminRejected as exc:
        return Ended("parked", str(exc))
    return Ended("delivered")


def _joined(command: HoldActivity | KnowVisitor, joining: Joining) -> Result:
    try:
        if isinstance(command, HoldActivity):
            joining.hold(command)
        else:
            joining.know(command)
    except AWS_FAILURES as exc:
        return Later(f"its visitor cannot be noted: {type(exc).__name__}")
    return Ended("delivered")
