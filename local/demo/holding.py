"""What the simulated Netcore holds at the end, in a few numbers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

Activities = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Holding:
    """What reached Netcore, counted by what a marketer asks for."""

    activities: dict[str, int]
    contacts: int
    updates: int
    blacklisted: int

    def rows(self) -> list[tuple[str, int]]:
        """List it for a table: activities by name, then contacts."""
        return [
            *sorted(self.activities.items()),
            ("contacts", self.contacts),
            ("contact updates received", self.updates),
            ("blacklisted", self.blacklisted),
        ]


def activities(netcore_url: str) -> Activities:
    """Ask the Netcore simulator for all activities that it received, oldest first."""
    received: Activities = _get(f"{netcore_url}/_received")["activities"]
    return received


def of_customer(everything: Activities, customer: str) -> Activities:
    """Return the activities of the customer with this number; guests have an address instead."""
    return [one for one in everything if str(one.get("identity")) == customer]


def holding(netcore_url: str) -> Holding:
    """Ask the Netcore simulator what it received and what its panel shows."""
    received = _get(f"{netcore_url}/_received")
    contacts = _get(f"{netcore_url}/_state")["contacts"]
    return Holding(
        activities=dict(Counter(one["activity_name"] for one in received["activities"])),
        contacts=len(contacts),
        updates=len(received["contacts"]),
        blacklisted=sum(1 for contact in contacts if contact["blacklisted"]),
    )


def _get(url: str) -> Any:
    response = httpx.get(url, trust_env=False)
    response.raise_for_status()
    return response.json()
