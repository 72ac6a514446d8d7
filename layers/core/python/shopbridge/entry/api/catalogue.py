"""The product feed as its page shows it: its address, what is in it, and a new address."""

from datetime import datetime
from http import HTTPStatus

from pydantic import BaseModel

from shopbridge.catalogue import addressing
from shopbridge.entry.api.desk import AtDesk, Desk
from shopbridge.entry.api.problems import Problem


class Location(BaseModel):
    """A place that the store's stock lies in."""

    id: str
    name: str
    counts: bool
    """Whether its stock counts in the feed."""


class LeftOut(BaseModel):
    """Variants that are not in the feed."""

    reason: str
    variants: int


class Feed(BaseModel):
    """A store's product feed; whoever has its address can read it."""

    on: bool
    """Whether the catalogue is switched on: without it the address leads nowhere."""
    xml_url: str | None
    """Where Netcore pulls it, as Google Merchant RSS; None before it is first built."""
    json_url: str | None
    """The same in JSON, with stock by location."""
    built_at: datetime | None
    """Of when its contents are."""
    variants: int
    left_out: list[LeftOut]
    locations: list[Location]


def feed(desk: AtDesk) -> Feed:
    """The product feed: where it is, what is in it, and which locations count."""
    return _told(desk)


def rotate(desk: AtDesk) -> Feed:
    """Give the product feed a new address; the old one leads nowhere from now on."""
    desk.require_installed()
    if not desk.store.settings.product_catalogue:
        message = "Switch the catalogue on first."
        raise Problem(HTTPStatus.CONFLICT, "not_ready", message, "product_catalogue")
    addressing.rotate(desk.store, desk.feeds, desk.vault)
    return _told(desk)


def _told(desk: Desk) -> Feed:
    noted, settings = desk.feeds.get(desk.store.name), desk.store.settings
    address = addressing.address_of(desk.store, noted, desk.vault)
    build = noted.build if noted else None
    contents = build.contents if build else None
    counts = settings.catalogue.locations
    return Feed(
        on=settings.product_catalogue,
        xml_url=f"{desk.site}/catalogue/{address}.xml" if address else None,
        json_url=f"{desk.site}/catalogue/{address}.json" if address else None,
        built_at=build.began_at if build else None,
        variants=contents.items if contents else 0,
        left_out=[
            LeftOut(reason=reason, variants=number)
            for reason, number in sorted(contents.left_out.items() if contents else ())
        ],
        locations=[
            Location(id=id_, name=name, counts=counts.get(id_, True))
            for id_, name in sorted(contents.locations.items() if contents else ())
        ],
    )
