"""An activity that is addressed and claimed."""

from dataclasses import dataclass
from typing import Any

from shopbridge.commands import RecordActivity
from shopbridge.ledger.rows import command_id
from shopbridge.work import Item


@dataclass(frozen=True, slots=True)
class Parcel:
    """One activity ready to send, in Netcore's form."""

    item: Item[RecordActivity]
    effect: str
    body: dict[str, Any]
    resent: bool = False
    """An earlier send of the same effect got no answer."""

    @property
    def command(self) -> str:
        """Name of the command that it comes from."""
        return command_id(self.item.head, self.item.number)
