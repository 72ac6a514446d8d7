"""The command line keeps its contract with other tools: JSON, and one of four exit codes."""

import pytest

from local.run import Run
from tests.e2e.command import shopbridge
from tests.e2e.conftest import NewStore

pytestmark = pytest.mark.e2e

NOWHERE = ("--store", "nobody.myshopify.com")


@pytest.mark.parametrize(
    "words",
    [
        ("trace", "no-such-event", *NOWHERE),
        ("parked", "show", "no-such-event#orders/create#0", *NOWHERE),
        ("parked", "resume", "no-such-event#orders/create#0", *NOWHERE),
        ("replay", "no-such-event", "--dry-run", *NOWHERE),
        ("settings", "get", *NOWHERE),
        ("settings", "set", "status=enabled", *NOWHERE),
    ],
    ids=" ".join,
)
def test_what_is_not_there_is_a_finding(system: Run, words: tuple[str, ...]) -> None:
    """Exit code 1, and a line on the standard error that says what was not found."""
    said = shopbridge(*words)

    assert said.code == 1
    assert said.err != ""


@pytest.mark.parametrize(
    "words",
    [
        ("trace",),
        ("report", "--since", "yesterday"),
        ("parked", "resume"),
        ("parked", "resume", "--no-such-option"),
        ("replay",),
        ("settings", "get", "no.such.setting"),
        ("settings", "set", "status=asleep"),
        ("settings", "set", "netcore.region=moon"),
        ("trigger", "orders/exploded"),
        ("translate", "orders/create", "no-such-file.json"),
    ],
    ids=" ".join,
)
def test_what_makes_no_sense_is_a_usage_error(installed: NewStore, words: tuple[str, ...]) -> None:
    """Exit code 2, and a line on the standard error that says what is wrong."""
    named = ("--store", installed("usage").name) if words[0] == "settings" else ()

    said = shopbridge(*words, *named)

    assert said.code == 2
    assert said.err != ""


def test_triggered_deliveries_can_be_traced(system: Run) -> None:
    """`trigger` prints how to trace what it sent, over either way."""
    sent = [
        shopbridge("trigger", "shop/update", "--via", via, "--json").json["sent"][0]
        for via in ("http", "eventbridge")
    ]
    forged = shopbridge("trigger", "shop/update", "--bad-hmac", "--json")

    assert [one["answer"] for one in sent] == ["200", "accepted"]
    assert [one["trace"] for one in sent] == [f"shopbridge trace {one['event']}" for one in sent]
    assert forged.json["sent"][0]["answer"] == "401"


def test_settings_survive_export_and_import(installed: NewStore, tmp_path: object) -> None:
    """What was exported can be imported again, and changes nothing."""
    store = installed("export")
    file = f"{tmp_path}/settings.json"

    exported = shopbridge("settings", "export", file, "--store", store.name)
    imported = shopbridge("settings", "import", file, "--store", store.name, "--json")
    region = shopbridge("settings", "get", "netcore.region", "--store", store.name, "--json")

    assert (exported.code, imported.code) == (0, 0)
    assert region.json == "us"
