"""What one contact is to be sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shopbridge.contacts.row import Row
from shopbridge.translate.contacts import Attributes


@dataclass(frozen=True, slots=True)
class Draft:
    """What one contact is to be sent."""

    row: Row
    key: str
    """Value of the store's primary key."""
    attributes: Attributes
    """With the primary key; empty where only the blacklist is concerned."""
    changes: Mapping[str, Any]
    """What the row notes afterwards."""
    version: str | None = None
    """When the reading of the attributes began, where they are all that is known."""
    blacklist: bool = False
    carried: bool = False
    """A historic sync brought it along: nobody waits for this one."""

    @property
    def says_anything(self) -> bool:
        """Whether Netcore is told anything by it."""
        return self.blacklist or bool(self.attributes)
