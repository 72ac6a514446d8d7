"""
The file of a bulk upload: CSV as RFC 4180 has it, in UTF-8, one contact a row. Pure.

Values are written as they are, those that begin with `=` too: Netcore stores what it reads,
and nobody opens the file. What a contact lacks is an empty cell.
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from shopbridge.translate.contacts import Attributes

TYPE: Final = "text/csv"


def written(contacts: Sequence[Attributes], primary_key: str) -> bytes:
    """Write `contacts`; the header names their attributes, `primary_key` first."""
    others = {name for contact in contacts for name in contact} - {primary_key}
    text = io.StringIO(newline="")
    rows = csv.DictWriter(text, [primary_key, *sorted(others)])
    rows.writeheader()
    rows.writerows(contacts)
    return text.getvalue().encode()


def without(content: bytes, is_of: Callable[[Iterable[str]], bool]) -> tuple[bytes, int]:
    """Leave out the contacts whose values `is_of` knows; return the rest, and how many it is."""
    header, *found = csv.reader(io.StringIO(content.decode(), newline=""))
    left = [row for row in found if not is_of(row)]
    if len(left) == len(found):
        return content, len(left)
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *left])
    return text.getvalue().encode(), len(left)
