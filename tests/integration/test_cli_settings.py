"""Settings from the command line: checked, versioned, and never a key in sight."""

from pathlib import Path

import pytest

from shopbridge import reasons
from shopbridge.stores.store import Store
from shopbridge.work import Ended, Item
from tests.integration.account import NOW, STORE, Account
from tests.integration.command import shopbridge
from tests.integration.messages import HEAD, PURCHASE

KEY = "n3tc0re-key-nobody-may-see"


@pytest.fixture(autouse=True)
def _deployed(account: Account) -> None:
    account.describe()
    account.repository(STORE).install(NOW)


def stored(account: Account) -> Store:
    """Return the store as it is now."""
    found = account.repository(STORE).get()
    assert found
    return found


def park(account: Account, reason: str) -> None:
    """Park a command for `reason`."""
    account.station.record(Item(HEAD, 0, PURCHASE, "m1", 1), Ended("parked", reason))


def test_set_and_get(account: Account) -> None:
    """A setting is saved one version higher and read back."""
    done = shopbridge(
        "settings",
        "set",
        "netcore.region=eu",
        "netcore.website_id=12345",
        "events.Order Refunded=true",
        "--store=vapid-store",
        "--json",
    )

    assert (done.code, done.json) == (0, {"store": STORE, "version": 2, "status": "installed"})
    assert shopbridge("settings", "get", "netcore.region", f"--store={STORE}").out == "eu\n"
    settings = stored(account).settings
    assert settings.netcore.website_id == "12345"
    assert settings.events == {"Order Refunded": True}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("netcore.region=mars", "netcore.region: Input should be 'us', 'in' or 'eu'"),
        ("netcore.host=evil.example", "netcore.host: Extra inputs are not permitted"),
        ("netcore.region.deeper=1", "no such setting: netcore.region.deeper"),
        ("status=uninstalled", "status is enabled or paused, not uninstalled"),
        ("region", "not path=value: region"),
    ],
)
def test_wrong_settings_are_refused_whole(account: Account, change: str, why: str) -> None:
    """One wrong setting and nothing is saved; the exit code says usage."""
    done = shopbridge("settings", "set", "country=DE", change, f"--store={STORE}")

    assert (done.code, done.err.strip()) == (2, why)
    assert stored(account).version == 1


def test_enabling_sends_on_what_waited_for_it(account: Account) -> None:
    """What was parked while the store was not enabled goes to its queue."""
    park(account, reasons.NOT_ENABLED)

    done = shopbridge("settings", "set", "status=enabled", f"--store={STORE}", "--json")

    assert done.json["status"] == "enabled"
    assert (done.json["resumed"], done.json["still open"]) == (1, 0)
    assert len(account.received()) == 1
    assert stored(account).status == "enabled"


def test_pausing_sends_nothing(account: Account) -> None:
    """A pause leaves everything where it is."""
    park(account, reasons.NOT_ENABLED)

    done = shopbridge("settings", "set", "status=paused", f"--store={STORE}", "--json")

    assert done.json == {"store": STORE, "version": 2, "status": "paused"}
    assert account.received() == []


def test_key_is_sealed_and_never_shown(account: Account) -> None:
    """The key comes by standard input; the circuit closes and what waited for it goes on."""
    account.repository(STORE).open_circuit(stored(account), reasons.KEY_REFUSED)
    park(account, reasons.KEY_REFUSED)

    done = shopbridge("settings", "key", f"--store={STORE}", typed=f"{KEY}\n")

    shown = shopbridge("settings", "get", f"--store={STORE}", "--json")
    assert done.code == 0
    assert KEY not in done.out + done.err + shown.out
    assert shown.json["netcore_key"] == "saved"
    store = stored(account)
    assert (store.circuit, len(account.received())) == (None, 1)
    assert store.sealed_netcore_key
    assert KEY.encode() not in store.sealed_netcore_key


def test_no_key_is_no_key(account: Account) -> None:
    """An empty line does not wipe a key."""
    done = shopbridge("settings", "key", f"--store={STORE}", typed="\n")

    assert done.code == 2
    assert stored(account).version == 1


def test_export_imports_elsewhere(account: Account, tmp_path: Path) -> None:
    """What one store exports another takes over, all of it."""
    other = "bean-co.myshopify.com"
    account.repository(other).install(NOW)
    shopbridge("settings", "set", "primary_key=EMAIL", "country=DE", f"--store={STORE}")
    file = tmp_path / "settings.json"

    exported = shopbridge("settings", "export", str(file), f"--store={STORE}")
    imported = shopbridge("settings", "import", str(file), f"--store={other}", "--json")

    assert (exported.code, imported.json) == (0, {"store": other, "version": 2})
    taken = account.repository(other).get()
    assert taken
    assert taken.settings == stored(account).settings


def test_file_that_is_no_settings_is_refused(account: Account, tmp_path: Path) -> None:
    """A damaged or wrong file changes nothing."""
    file = tmp_path / "settings.json"
    file.write_text('{"primary_key": "NAME"}')

    done = shopbridge("settings", "import", str(file), f"--store={STORE}")

    assert done.code == 2
    assert "primary_key" in done.err
    assert stored(account).version == 1


def test_unknown_store_is_a_finding() -> None:
    """A store that never installed the app has no settings."""
    done = shopbridge("settings", "get", "--store=nobody")

    assert (done.code, done.err) == (1, "nobody.myshopify.com has not installed the app\n")


def test_stage_that_is_not_there_is_the_other_sides_failure() -> None:
    """AWS answers that there is no such parameter: exit code 3."""
    done = shopbridge("settings", "get", "--store=x", stage="nowhere")

    assert (done.code, done.err) == (3, "AWS: GetParameter: ParameterNotFound\n")
