"""Data requests from the command line: nothing about a person is printed unless asked for."""

import json
from pathlib import Path

import pytest

from shopbridge.entry.ingest import now
from shopbridge.ledger.names import DIRECTORY
from tests.integration.account import KEPT, STORE, Account
from tests.integration.command import shopbridge
from tests.integration.test_data_requests import PLACE, recorded

CONTENT = b'{"person": {"email": "ada@example.com"}}'
BUNDLE = ("privacy", "bundle", "9999", "--store", STORE)


@pytest.fixture(autouse=True)
def _deployed(account: Account) -> None:
    account.describe()
    account.ledger.put_item(Item={"delivery": DIRECTORY, "row": STORE})
    account.s3.put_object(Bucket=KEPT, Key=PLACE, Body=CONTENT)


def test_list_says_what_was_asked_and_until_when(account: Account) -> None:
    """Without whom it is about; programs get the same as JSON."""
    recorded(account, "parked")

    said, told = shopbridge("privacy", "list"), shopbridge("privacy", "list", "--json")

    assert said.out == "9999  asked 2026-11-23 07:59  parked: why\n"
    assert told.json["requests"][0]["state"] == "parked"


def test_no_request_is_said() -> None:
    """An empty list looks like a failure."""
    said = shopbridge("privacy", "list")

    assert said.out == "No customer asked for their data in the last 90 days.\n"


def test_bundle_goes_into_a_file_of_ones_own(account: Account, tmp_path: Path) -> None:
    """Readable by nobody else, and not shown."""
    recorded(account, at=now())
    file = tmp_path / "bundle.json"

    said = shopbridge(*BUNDLE, "--out", str(file), "--json")

    assert said.code == 0
    assert json.loads(file.read_bytes()) == {"person": {"email": "ada@example.com"}}
    assert file.stat().st_mode & 0o777 == 0o600
    assert "ada@example.com" not in said.out + said.err


def test_bundle_is_printed_where_asked_for(account: Account) -> None:
    """`-` is the standard output, as everywhere."""
    recorded(account, at=now())

    said = shopbridge(*BUNDLE, "--out", "-")

    assert said.json == {"person": {"email": "ada@example.com"}}


def test_bundle_overwrites_no_file(account: Account, tmp_path: Path) -> None:
    """Whoever named it may have meant another."""
    recorded(account, at=now())
    file = tmp_path / "mine.txt"
    file.write_text("mine")

    said = shopbridge(*BUNDLE, "--out", str(file))

    assert said.code == 2
    assert file.read_text() == "mine"


@pytest.mark.parametrize("state", ["waiting", "parked"])
def test_what_is_not_there_ends_with_a_finding(
    account: Account, tmp_path: Path, state: str
) -> None:
    """Not put together yet, or held up."""
    recorded(account, state)

    said = shopbridge(*BUNDLE, "--out", str(tmp_path / "none"))

    assert said.code == 1
    assert state in said.err


def test_unknown_request_ends_with_a_finding(tmp_path: Path) -> None:
    """Nothing came under this id."""
    said = shopbridge(*BUNDLE, "--out", str(tmp_path / "none"))

    assert said.code == 1
    assert "no such request" in said.err
