"""Tables for people, as wide as they need to be where nobody watches."""

import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

PIPED_WIDTH = 160
"""Columns where the output goes to a file or a program, which wraps nothing."""


def console() -> Console:
    """Return where results are printed."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)


def plain(rows: Iterable[Sequence[str]], *headers: str) -> Table:
    """Lay out rows without lines, so that a cell can be copied."""
    table = Table(box=None, show_header=bool(headers), padding=(0, 2, 0, 0))
    for header in headers:
        table.add_column(header)
    for row in rows:
        table.add_row(*map(Text, row))
    return table
