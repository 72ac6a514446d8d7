"""Many rows at once: what DynamoDB puts off is asked for again while it does any of it."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from shopbridge import batched
from shopbridge.errors import Unavailable

ROWS = [{"id": f"r{number:02}"} for number in range(30)]


class Busy:
    """A table that takes `most` rows of a write, and puts the others off."""

    name = "busy"

    def __init__(self, most: int) -> None:
        self.most = most
        self.sizes: list[int] = []
        self.meta = SimpleNamespace(client=self)

    def batch_write_item(self, *, RequestItems: Any) -> Any:
        """Take some."""
        asked = RequestItems[self.name]
        self.sizes.append(len(asked))
        left = asked[self.most :]
        return {"UnprocessedItems": {self.name: left} if left else {}}


def test_all_are_written_25_at_once() -> None:
    """Thirty rows take two writes."""
    table = Busy(25)

    written = list(batched.put(cast("Any", table), ROWS))

    assert written == ROWS
    assert table.sizes == [25, 5]


def test_what_is_put_off_is_written_again() -> None:
    """Each row is named once, when it is written."""
    table = Busy(10)

    written = list(batched.put(cast("Any", table), ROWS))

    assert sorted(row["id"] for row in written) == [row["id"] for row in ROWS]
    assert table.sizes == [25, 15, 5, 5]


def test_a_table_that_takes_none_is_not_asked_for_ever() -> None:
    """It is an outage: who wrote tries later."""
    table = Busy(0)

    with pytest.raises(Unavailable, match="no rows now"):
        list(batched.put(cast("Any", table), ROWS))

    assert table.sizes == [25]
