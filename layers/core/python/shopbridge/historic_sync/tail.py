"""
What of the past is too young to be sent at once: Netcore would start journeys for it. Pure.

Netcore starts none for events older than a day. What happened in the day before a run began
is therefore its tail: sent a day later. What happened after it began is the webhooks'.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from shopbridge.commands import Command, RecordActivity
from shopbridge.historic_sync.numbering import UNREADABLE

YOUNG = timedelta(hours=24)
"""Younger activities start journeys."""

LATE = 0
"""Number of the slice of what is older than the tail itself, but was changed within it."""


class Split(NamedTuple):
    """What of one object's commands may be sent now."""

    now: dict[int, Command]
    has_more: bool = False
    """Whether some of it has to wait until it is a day old."""
    is_readable: bool = True
    """False for what is not as Shopify describes it."""

    @property
    def places(self) -> set[int]:
        """Which commands are made of it."""
        return set(self.now) if self.is_readable else {UNREADABLE}


def split(meant: Mapping[int, Command], until: datetime, now: datetime) -> Split:
    """Part what one object means for a run of what happened before `until`."""
    sent, has_more = {}, False
    for place, command in meant.items():
        at = command.occurred_at if isinstance(command, RecordActivity) else None
        if at is not None and at >= until:
            continue
        if at is not None and at > now - YOUNG:
            has_more = True
        else:
            sent[place] = command
    return Split(sent, has_more)
