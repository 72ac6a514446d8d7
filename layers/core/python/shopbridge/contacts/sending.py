"""
Sends contacts and their consent to Netcore, then notes in their rows what it has.

    note blacklisting ─▶ blacklist ─▶ attributes ─▶ note as sent, if nothing newer is there

Blacklisting comes first, so that no journey writes to somebody who said no. It is noted
before the call: whoever subscribes again meanwhile then knows that an unblocking is due.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from shopbridge.contacts.adding import ByCall, Panel, Parts
from shopbridge.contacts.draft import Draft
from shopbridge.contacts.repository import Contacts
from shopbridge.contacts.row import Row
from shopbridge.contacts.uploading import ByFile
from shopbridge.netcore.batches import chunks, send
from shopbridge.netcore.client import NetcoreClient
from shopbridge.netcore.paced import Paced, outcome_of
from shopbridge.work import Result

MOST_BLACKLISTED = 100
"""Ids in a call; Netcore does not document its limit."""


@dataclass(slots=True)
class Sent:
    """What became of drafts, by customer."""

    rows: dict[str, Row] = field(default_factory=dict)
    """Sent and noted: the row as it is now."""
    moved: set[str] = field(default_factory=set)
    """Sent, perhaps, but the row wants something newer: to be done again."""
    results: dict[str, Result] = field(default_factory=dict)
    """Not sent."""


@dataclass(frozen=True, slots=True)
class Sender:
    """One store's way to Netcore's contact APIs."""

    client: NetcoreClient
    paced: Paced
    contacts: Contacts
    panel: Panel
    now: Callable[[], datetime]
    uploads: ByFile | None = None
    """The way of large loads, where the store has chosen it."""

    def send(self, drafts: Sequence[Draft]) -> Sent:
        """Send `drafts` in chunks; every one of them is in one part of the answer."""
        sent = Sent()
        going = self._blacklisted(drafts, sent)
        full = [draft for draft in going if draft.attributes]
        self._note(self._added(full), sent)
        for draft in going:
            if draft.row.customer not in sent.results:
                self._sent(draft, sent)
        return sent

    def _blacklisted(self, drafts: Sequence[Draft], sent: Sent) -> list[Draft]:
        """Blacklist those who are to be; what goes wrong with one ends here."""
        for draft in drafts:
            if draft.blacklist and not self.contacts.begin_blacklisting(draft.row, self.now()):
                sent.moved.add(draft.row.customer)
        due = [d for d in drafts if d.blacklist and d.row.customer not in sent.moved]
        for chunk in chunks(due, MOST_BLACKLISTED, lambda draft: len(draft.key)):
            self._note(send(chunk, self._block), sent)
        ended = sent.results.keys() | sent.moved
        return [draft for draft in drafts if draft.row.customer not in ended]

    def _block(self, drafts: Sequence[Draft]) -> None:
        keys = [draft.key for draft in drafts]
        self.paced.call("blacklist", lambda: self.client.blacklist(keys, primary_key=self._key))

    def _added(self, drafts: Sequence[Draft]) -> Parts:
        """Send what history carries by file, if that is chosen and there is much; else by call."""
        calls = ByCall(self.client, self.paced, self.panel)
        load = self.uploads.chosen(drafts) if self.uploads else []
        if self.uploads and load:
            yield from self.uploads.add(load, self.now(), otherwise=calls.add)
        by_file = {draft.row.customer for draft in load}
        yield from calls.add([draft for draft in drafts if draft.row.customer not in by_file])

    @property
    def _key(self) -> str:
        return self.panel.primary_key

    @staticmethod
    def _note(parts: Parts, sent: Sent) -> None:
        for part, error in parts:
            if error:
                sent.results |= {draft.row.customer: outcome_of(error) for draft in part}

    def _sent(self, draft: Draft, sent: Sent) -> None:
        row = self.contacts.sent(draft.row, draft.changes, draft.version)
        if row is None:
            sent.moved.add(draft.row.customer)
        else:
            sent.rows[row.customer] = row
