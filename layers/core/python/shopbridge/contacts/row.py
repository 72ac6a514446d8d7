"""
What a contact's row holds. Digests only: no name, address or number is ever in it.

    version, digest, filled         the attributes last sent: as of when, which
    <channel>_wanted                what the customer said, and when
    <channel>_address[_at]          digest of the address, and as of when it is known
    <channel>_sent                  the `_wanted` that Netcore has
    <channel>_history               the last words that stood, and where each was heard
    blacklisted_at                  when blacklisting began last; stays until an operator lifts it
    blocked_since                   when it began first: Netcore sees somebody blocked after that
    blacklisted_address             digest of the address that the blacklisting was sent for
    unblock_by                      command that is listed as `unblock needed`
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from shopbridge import times
from shopbridge.commands import Channel
from shopbridge.consents.merge import Address, Said, Wanted, merge, parse

MOST_WORDS = 20
"""How many words of a channel are remembered; the row is written with each refresh."""

DIGEST_LASTS = timedelta(days=30)
"""Netcore takes batches asynchronously and may lose one: after this all is sent again."""


@dataclass(frozen=True, slots=True)
class Row:
    """One contact's row as it was read; empty for a contact that was never sent."""

    customer: str
    item: Mapping[str, Any] = field(default_factory=dict)
    is_new: bool = False
    """Not written yet: `item` is what it is to begin with."""

    def wanted(self, channel: Channel) -> Wanted | None:
        """What the customer said about `channel`, None where nothing is known."""
        text = self.item.get(f"{channel}_wanted")
        if text is None:
            return None
        known_at = self.item.get(f"{channel}_address_at", "")
        return Wanted(parse(text), Address(known_at, self.item.get(f"{channel}_address", "")))

    def sent(self, channel: Channel) -> Said | None:
        """What of it Netcore has."""
        text = self.item.get(f"{channel}_sent")
        return None if text is None else parse(text)

    def is_settled(self, channel: Channel) -> bool:
        """Whether Netcore has what is wanted, for the address that is known."""
        wanted = self.wanted(channel)
        if wanted is None:
            return True
        return self.sent(channel) == wanted.said and not self._is_unblocked(channel, wanted)

    def must_blacklist(self) -> bool:
        """Whether a no to e-mail has not reached Netcore yet, or only for another address."""
        wanted = self.wanted("email")
        return bool(wanted and wanted.said.state == "unsubscribed" and not self.is_settled("email"))

    def merged(self, said: Mapping[Channel, Wanted]) -> dict[str, Any]:
        """List what merging `said` changes; that an address is still the same changes nothing."""
        changes: dict[str, Any] = {}
        for channel, new in said.items():
            before, after = self.wanted(channel), merge(self.wanted(channel), new)
            if after is None or (
                before
                and (before.said, before.address.digest) == (after.said, after.address.digest)
            ):
                continue
            changes[f"{channel}_wanted"] = after.said.text
            changes[f"{channel}_address"] = after.address.digest
            changes[f"{channel}_address_at"] = after.address.known_at
            if after.said.at and (before is None or before.said != after.said):
                changes[f"{channel}_history"] = self._history(channel, new)
        return changes

    def was_sent(self, digest: str, now: datetime) -> bool:
        """Whether exactly these attributes were sent less than 30 days ago."""
        version = self.item.get("version")
        return (
            version is not None
            and self.item.get("digest") == digest
            and now - times.parse(version) < DIGEST_LASTS
        )

    def history(self, channel: Channel) -> list[Wanted]:
        """List what was said about `channel`, oldest first; what never stood is not among it."""
        entries = self.item.get(f"{channel}_history", ())
        words = [str(entry).rpartition(" ") for entry in entries]
        return [Wanted(parse(said), source=source) for said, _, source in words]

    def _history(self, channel: Channel, new: Wanted) -> list[str]:
        before = self.item.get(f"{channel}_history", ())
        return [*before, f"{new.said.text} {new.source}"][-MOST_WORDS:]

    @property
    def was_ever_sent(self) -> bool:
        """Whether attributes of this contact were sent before."""
        return "version" in self.item

    @property
    def filled(self) -> frozenset[str]:
        """Names of the attributes that had a value when last sent."""
        return frozenset(self.item.get("filled", ()))

    @property
    def is_blacklisted(self) -> bool:
        """Whether this contact was ever blacklisted and nobody has lifted it since."""
        return "blacklisted_at" in self.item

    def is_being_blocked(self, at: datetime, within: timedelta) -> bool:
        """Whether Netcore may say at `at`, or that long after, that we blocked this contact."""
        if not self.is_blacklisted:
            return False
        last = times.parse(str(self.item["blacklisted_at"]))
        first = times.parse(str(self.item.get("blocked_since", self.item["blacklisted_at"])))
        return first.replace(microsecond=0) <= at <= last + within

    def _is_unblocked(self, channel: Channel, wanted: Wanted) -> bool:
        return (
            channel == "email"
            and wanted.said.state == "unsubscribed"
            and self.item.get("blacklisted_address", "") != wanted.address.digest
        )


def digest(store: str, customer: str, content: object) -> str:
    """
    Condense `content` so that equal content is recognised and nothing can be read.

    Store and customer go in, so that equal addresses of two people look different.
    """
    text = json.dumps([store, customer, content], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
