"""Which way contacts go to Netcore, and how many calls that takes."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from shopbridge.contacts.adding import Panel
from shopbridge.contacts.draft import Draft
from shopbridge.contacts.row import Row
from shopbridge.contacts.sending import Sender
from shopbridge.contacts.uploading import ByFile, Files

FULL = 2_500
"""Contacts that a worker is handed at most: 100 messages of 25."""
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PANEL = Panel("CUSTID", 5, "o@example.com")


@dataclass
class Netcore:
    """Counts the calls of a worker whose every contact is new, and what they carried."""

    is_by_file: bool = True
    calls: Counter[str] = field(default_factory=Counter)
    rows: list[int] = field(default_factory=list)

    def sent(self, drafts: list[Draft]) -> int:
        """Send `drafts`; return how many were noted as sent."""
        paced: Any = SimpleNamespace(call=self._paced)
        client: Any = SimpleNamespace(
            add_contacts=lambda rows, **how: self.rows.append(len(rows)),
            upload_contacts=lambda url, **how: "job",
        )
        s3: Any = SimpleNamespace(
            put_object=lambda Body, **how: self.rows.append(Body.count(b"\r\n") - 1),
            generate_presigned_url=lambda *what, **how: "https://files.example/a.csv",
        )
        contacts: Any = SimpleNamespace(sent=lambda row, changes, version: row)
        uploads = ByFile(client, paced, PANEL, Files(s3, "kept", "s")) if self.is_by_file else None
        return len(Sender(client, paced, contacts, PANEL, lambda: NOON, uploads).send(drafts).rows)

    def _paced(self, api: str, request: Any) -> Any:
        self.calls[api] += 1
        return request()


def draft(number: int, *, carried: bool = True) -> Draft:
    """Return what a contact is to be sent."""
    id_ = str(number)
    return Draft(Row(id_), id_, {"CUSTID": id_, "FIRSTNAME": "A"}, {}, carried=carried)


@pytest.mark.parametrize(
    ("customers", "calls", "files"),
    [
        (1_000, {"batch": 1}, {"batch": 1}),
        (1_001, {"batch": 2}, {"upload": 1}),
        (2_500, {"batch": 3}, {"upload": 1}),
        (20_000, {"batch": 24}, {"upload": 8}),
    ],
)
def test_a_file_takes_the_place_of_up_to_three_calls(
    customers: int, calls: dict[str, int], files: dict[str, int]
) -> None:
    """Workers that are handed all that they can be: one file each, however many contacts."""
    by_call, by_file = Netcore(is_by_file=False), Netcore()
    drafts = [draft(number) for number in range(customers)]

    sent = [
        sum(way.sent(drafts[first : first + FULL]) for first in range(0, customers, FULL))
        for way in (by_call, by_file)
    ]

    assert sent == [customers, customers]
    assert (by_call.calls, by_file.calls) == (calls, files)
    assert sum(by_call.rows) == sum(by_file.rows) == customers


def test_what_is_not_carried_goes_by_call_beside_a_file() -> None:
    """A batch may hold both; each contact goes one way."""
    netcore = Netcore()

    netcore.sent([draft(number, carried=number < 1_001) for number in range(1_010)])

    assert netcore.calls == {"upload": 1, "batch": 1}
    assert netcore.rows == [1_001, 9]
