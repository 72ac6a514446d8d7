"""Adds contacts at Netcore by call, a thousand at once: the way that nearly all go."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from shopbridge.contacts.draft import Draft
from shopbridge.errors import ShopbridgeError
from shopbridge.netcore.batches import chunks, json_size, send
from shopbridge.netcore.client import NetcoreClient
from shopbridge.netcore.paced import Paced

MOST_CONTACTS = 1000
"""Contacts in a call; set by Netcore."""

Parts = Iterator[tuple[Sequence[Draft], ShopbridgeError | None]]
"""Contacts, part by part, each with what went wrong with it; None where Netcore took it."""
Add = Callable[[Sequence[Draft]], Parts]
"""A way to add contacts."""


@dataclass(frozen=True, slots=True)
class Panel:
    """How the store's panel takes contacts."""

    primary_key: str
    list_id: int
    notify_email: str


@dataclass(frozen=True, slots=True)
class ByCall:
    """Netcore's batch call; where it refuses one contact, the others still arrive."""

    client: NetcoreClient
    paced: Paced
    panel: Panel

    def add(self, drafts: Sequence[Draft]) -> Parts:
        """Send `drafts` in as few calls as Netcore allows."""
        for chunk in chunks(drafts, MOST_CONTACTS, lambda draft: json_size(draft.attributes)):
            yield from send(chunk, self._call)

    def _call(self, drafts: Sequence[Draft]) -> None:
        self.paced.call(
            "batch",
            lambda: self.client.add_contacts(
                [draft.attributes for draft in drafts],
                primary_key=self.panel.primary_key,
                list_id=self.panel.list_id,
                notify_email=self.panel.notify_email,
            ),
        )
