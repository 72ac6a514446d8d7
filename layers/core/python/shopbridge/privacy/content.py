"""Content that is kept for 14 days: archived deliveries, and what was parked or failed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from shopbridge import kept
from shopbridge.archive.reader import ArchiveReader, Wanted
from shopbridge.message import Message
from shopbridge.privacy.mentions import Sought
from shopbridge.privacy.objects import Objects, message_of


@dataclass(frozen=True, slots=True)
class Content:
    """What is kept of one store; it cannot reach another's."""

    kept: Objects
    archive: ArchiveReader
    store: str

    def parked(self, sought: Sought) -> Iterator[Message]:
        """Yield deliveries and commands below `parked/` that name the person."""
        for key in self.kept.keys(f"parked/{self.store}/"):
            one = message_of(self.kept.read(key) or b"")
            if one and sought.is_in(one):
                yield one

    def archived(self, sought: Sought, now: datetime, is_late: Callable[[], bool]) -> "Archived":
        """Find archived deliveries that name the person, newest day first, until it is late."""
        found: list[Message] = []
        complete_since = now
        for days in range(kept.DAYS + 1):
            day = now.date() - timedelta(days=days)
            begin = datetime.combine(day, time.min, UTC)
            wanted = Wanted(since=begin, until=begin + timedelta(days=1, microseconds=-1))
            for one in self.archive.deliveries(wanted):
                if is_late():
                    return Archived(found, complete_since)
                if sought.is_in(one):
                    found.append(one)
            complete_since = begin
        return Archived(found, complete_since)


@dataclass(frozen=True, slots=True)
class Archived:
    """What was found, and since when everything was looked at."""

    messages: list[Message]
    complete_since: datetime
