"""Every kind of command has a queue."""

from typing import get_args

from shopbridge.commands import Command
from shopbridge.lanes import KINDS


def test_each_kind_travels_in_one_lane() -> None:
    """A kind that no lane carries would be published and never carried out."""
    carried = [kind for kinds in KINDS.values() for kind in kinds]

    assert sorted(carried) == sorted(kind.__name__ for kind in get_args(Command))
