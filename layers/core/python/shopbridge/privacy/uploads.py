"""Erases people from files of contacts that Netcore is to fetch, under addresses that stay."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from shopbridge.contacts.upload_file import TYPE, without
from shopbridge.kept import UPLOADS, is_fetchable
from shopbridge.privacy.left import Left
from shopbridge.privacy.mentions import Sought
from shopbridge.privacy.objects import Objects


@dataclass(frozen=True, slots=True)
class Uploaded:
    """Files of contacts: the others in them are to arrive, so they are written anew."""

    objects: Objects
    now: Callable[[], datetime]
    name: str = "uploads"

    def erase_person(self, store: str, sought: Sought, after: str) -> Iterator[str]:
        """
        Take the person out of each file; one that nobody can fetch any more goes as a whole.

        Raises:
            Unavailable: somebody else was taken out of the same file just now.
        """
        for key in self.objects.keys(f"{UPLOADS}{store}/", after):
            if is_fetchable(key, self.now()):
                self._rewrite(key, sought)
            else:
                self.objects.delete(key)
            yield key

    def erase_store(self, store: str, left: Left) -> Iterator[None]:
        """Nothing: `Kept` deletes what lies under any prefix of its bucket."""
        yield from ()

    def _rewrite(self, key: str, sought: Sought) -> None:
        """Leave the others; of two erasures at once, one comes again and finds the other's file."""
        seen = self.objects.seen(key)
        if seen is None:
            return
        rest, contacts = without(seen.content, sought.is_among)
        if not contacts:
            self.objects.delete(key)
        elif rest != seen.content:
            self.objects.replace(key, seen, rest, ContentType=TYPE)
