"""Netcore's hosts by data centre; the deployment may override them, a merchant never."""

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hosts:
    """Base URLs of the three API families; they differ by region in different ways."""

    contact: str
    batch: str
    activity: str


REGIONS = {
    "us": Hosts(
        contact="https://api.netcoresmartech.com",
        batch="https://api.netcoresmartech.com",
        activity="https://api2.netcoresmartech.com",
    ),
    "in": Hosts(
        contact="https://apiin.netcoresmartech.com",
        batch="https://apiin.netcoresmartech.com",
        activity="https://apiin2.netcoresmartech.com",
    ),
    "eu": Hosts(
        contact="https://jsonapi.eu-north-1.eu.netcoresmartech.com",
        batch="https://goapiv3.eu-north-1.eu.netcoresmartech.com",
        activity="https://apieu2.netcoresmartech.com",
    ),
}
"""Sources: Netcore's Add Contact, Add Bulk Contact Through API and Add Activity pages."""


def hosts(region: str, override: str | None = None) -> Hosts:
    """Return the hosts of `region`, or those that `override` (a JSON object) names."""
    return Hosts(**json.loads(override)) if override else REGIONS[region]
