"""Places in long lists, signed: what was not given out for this list is refused."""

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from shopbridge.entry.api.problems import bad_request
from shopbridge.shopify import derived

Place = Mapping[str, str]


@dataclass(frozen=True)
class Cursors:
    """Cursors of one list of one store."""

    store: str
    secrets: Callable[[], Sequence[str]]

    def write(self, of: str, place: Place) -> str:
        """Return a cursor for `place` in the list `of`."""
        text = base64.urlsafe_b64encode(json.dumps(dict(place)).encode()).decode()
        signature = derived.sign(self._signed(of, text), "page cursor", self.secrets()[0])
        return f"{text}.{signature}"

    def read(self, of: str, cursor: str) -> Place:
        """
        Return the place that `cursor` stands for.

        Raises:
            Problem: it was changed, or given out for another list or store.
        """
        text, _, signature = cursor.partition(".")
        known = derived.is_signed(self._signed(of, text), signature, "page cursor", self.secrets())
        try:
            place: Place = json.loads(base64.urlsafe_b64decode(text)) if known else {}
        except (binascii.Error, ValueError):
            place = {}
        if not place:
            raise bad_request("cursor", "Begin the list anew.", "cursor")
        return place

    def _signed(self, of: str, text: str) -> str:
        return f"{self.store}\n{of}\n{text}"
