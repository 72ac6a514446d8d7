"""Whether a kept text may speak of somebody: in doubt it does, since it is only a copy. Pure."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from shopbridge.phone import national
from shopbridge.privacy.mentions import Sought

SHORTEST_NUMBER: Final = 7
"""Digits; fewer would be found in any number."""

_BETWEEN: Final = r"[\s().\-/]*"
"""What people write between the digits of a number."""
_PREFIX: Final = rf"(?<!\d)(?:\d{_BETWEEN}){{0,6}}"
"""Country code, with what is dialled before it."""

_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_NUMBER: Final = re.compile(r"\d+")


@dataclass(frozen=True)
class Spelt:
    """One person of one store as texts may spell them."""

    sought: Sought

    def is_in(self, content: bytes) -> bool:
        """Whether `content`, JSON or not, holds their id, address or number, or an order's id."""
        text = content.decode("utf-8", "replace")
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        if any(pattern and pattern.search(text) for pattern in (self._email, self._phone)):
            return True
        return any(found[0] in self._ids for found in _NUMBER.finditer(text))

    @cached_property
    def _ids(self) -> frozenset[str]:
        return self.sought.orders | set(filter(None, [self.sought.person.customer_id]))

    @cached_property
    def _email(self) -> re.Pattern[str] | None:
        """Find the address in any case; a pattern, since a large text is not to be copied."""
        email = (self.sought.person.email or "").strip()
        return re.compile(re.escape(email), re.IGNORECASE) if email else None

    @cached_property
    def _phone(self) -> re.Pattern[str] | None:
        """Find the number with and without country code, however it is grouped."""
        number = national(self.sought.person.phone, self.sought.country)
        if number is None or len(number) < SHORTEST_NUMBER:
            return None
        return re.compile(_PREFIX + _BETWEEN.join(number) + r"(?!\d)")
