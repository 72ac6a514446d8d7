"""Erases copies in S3: archived deliveries, and what is parked, claimed or bundled."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from shopbridge.archive import lines
from shopbridge.archive.writer import ZIPPED
from shopbridge.kept import DAYS_LEFT, OF_PEOPLE, PREFIXES, RESULTS, days_left
from shopbridge.ledger.rows import delivery_key
from shopbridge.privacy.left import Left
from shopbridge.privacy.mentions import Sought
from shopbridge.privacy.objects import Objects, Seen, message_of
from shopbridge.privacy.rows import LedgerRows, delete
from shopbridge.privacy.spelt import Spelt


@dataclass(frozen=True, slots=True)
class Kept:
    """What was too large or too odd to travel, bundles, and lists of runs."""

    objects: Objects
    name: str = "kept"

    def erase_person(self, store: str, sought: Sought, after: str) -> Iterator[str]:
        """Delete every object that may name the person; what is exported is fetched again."""
        for key in self.objects.keys(f"{RESULTS}{store}/", after):
            self.objects.delete(key)
            yield key
        spelt = Spelt(sought)
        for prefix in OF_PEOPLE:
            for key in self.objects.keys(f"{prefix}{store}/", after):
                if spelt.is_in(_readable(self.objects.read(key) or b"")):
                    self.objects.delete(key)
                yield key

    def erase_store(self, store: str, left: Left) -> Iterator[None]:
        """Delete all objects of the store."""
        for prefix in PREFIXES:
            for keys in self.objects.pages(f"{prefix}{store}/"):
                left.check()  # what was listed before is of the install that ended
                self.objects.delete(*keys)
                yield


@dataclass(frozen=True, slots=True)
class Archived:
    """Deliveries as they came, many in an object, whose key says on which day."""

    objects: Objects
    ledger: LedgerRows
    now: Callable[[], datetime]
    name: str = "archive"

    def erase_person(self, store: str, sought: Sought, after: str) -> Iterator[str]:
        """Write each object anew without the deliveries that may name the person."""
        for key in self.objects.keys(f"{store}/", after):
            self._rewrite(store, key, sought)
            yield key

    def erase_store(self, store: str, left: Left) -> Iterator[None]:
        """Delete all objects of the store, and with each delivery what the ledger has of it."""
        for keys in self.objects.pages(f"{store}/"):
            left.check()
            for key in keys:
                for event in {lines.read(line).head.event_id for line in self._lines_at(key)}:
                    yield from left.delete(self.ledger.table, self.ledger.event(store, event))
                self.objects.delete(key)
                yield

    def _rewrite(self, store: str, key: str, sought: Sought) -> None:
        """Leave the others; of two erasures at once, one comes again and finds what is left."""
        seen = self.objects.seen(key)
        if seen is None:
            return
        spelt, found = Spelt(sought), [(line, lines.read(line)) for line in _lines(seen.content)]
        left = [line for line, one in found if not spelt.is_in(one.body)]
        if len(left) == len(found):
            return
        for _, one in found:
            if sought.is_in(one):
                delete(self.ledger.table, self.ledger.delivery(delivery_key(one.head)))
        day = date.fromisoformat(key.removeprefix(f"{store}/").partition("/")[0])
        days = days_left(day, self.now())
        if left and days:
            self._replace(key, seen, b"".join(left), days)
        else:
            self.objects.delete(key)

    def _replace(self, key: str, seen: Seen, content: bytes, days: int) -> None:
        """Replace an object, from when S3 counts anew: its tag says how many days it had left."""
        zipped = gzip.compress(content, mtime=0)
        tag = f"{DAYS_LEFT}={days}"
        self.objects.replace(key, seen, zipped, ContentType=ZIPPED, Tagging=tag)

    def _lines_at(self, key: str) -> list[bytes]:
        content = self.objects.read(key)
        return _lines(content) if content else []


def _lines(content: bytes) -> list[bytes]:
    return gzip.decompress(content).splitlines(keepends=True)


def _readable(content: bytes) -> bytes:
    """Return head and body of a message of ours; anything else as it is."""
    one = message_of(content)
    return msgspec.json.encode(one.head) + b"\n" + one.body if one else content
