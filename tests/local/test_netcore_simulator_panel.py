"""The Netcore simulator's panel: what results from contacts, activities, blacklist and erasure."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.local.netcore_panel import ACTIVITY, API_KEY, ROW, Panel


@pytest.fixture
def panel() -> Panel:
    """An empty panel whose primary key is CUSTID."""
    return Panel()


def test_later_rows_are_written_over_earlier_ones(panel: Panel) -> None:
    """The panel holds one contact per primary key, with what was said last and its activities."""
    panel.batch(ROW)
    panel.upload(ACTIVITY, {**ACTIVITY, "identity": 7001})

    panel.batch({"CUSTID": "7001", "TOTALORDERS": 4})

    assert panel.contacts() == [
        {
            "primary_key": "CUSTID",
            "id": "7001",
            "attributes": {"CUSTID": "7001", "EMAIL": "a@example.com", "TOTALORDERS": 4},
            "blacklisted": False,
            "activities": 2,
        }
    ]


def test_blacklists_known_and_unknown_contacts(panel: Panel) -> None:
    """A known contact is flagged, an unknown one is made and flagged; each id is an entry."""
    panel.batch(ROW)

    panel.blacklist("7001", "7002")

    assert [(one["id"], one["blacklisted"]) for one in panel.contacts()] == [
        ("7001", True),
        ("7002", True),
    ]
    assert panel.received("blacklist")[1] == {
        "primarykey": "CUSTID",
        "id": "7002",
        "channel": "email",
        "_received_at": "2026-11-23T08:00:00.000+00:00",
    }


def test_blacklisted_address_stays_blocked_when_its_contact_comes(panel: Panel) -> None:
    """A contact first known by its e-mail is the same one when its primary key is learned."""
    panel.blacklist("a@example.com", primarykey="EMAIL")

    panel.batch(ROW)

    assert panel.contacts() == [
        {
            "primary_key": "CUSTID",
            "id": "7001",
            "attributes": ROW,
            "blacklisted": True,
            "activities": 0,
        }
    ]


@pytest.mark.parametrize("ids", [[], [""], [None], [1.5], ["x"] * 101])
def test_refuses_a_wrong_blacklist(panel: Panel, ids: list[object]) -> None:
    """1 to 100 ids, each a string or an integer."""
    answer = panel.blacklist("7001", *ids) if ids else panel.blacklist()

    assert answer.status_code == 400
    assert panel.received("blacklist") == []


@pytest.mark.parametrize("headers", [{"primarykey": ""}, {"channel": "sms"}])
def test_refuses_wrong_blacklist_headers(panel: Panel, headers: dict[str, str]) -> None:
    """The contact's identifier must be named, and e-mail is the only channel."""
    answer = panel.blacklist("7001", **headers)

    assert answer.status_code == 400


def test_blacklist_wants_its_query_and_nothing_but_ids(panel: Panel) -> None:
    """`activity=blacklist` is required, and the body holds `data` alone."""
    headers = {**API_KEY, "primarykey": "EMAIL"}

    answers = [
        panel.http.post("/v3/contact/blacklist", json={"data": ["1"]}, headers=headers),
        panel.http.post(
            "/v3/contact/blacklist?activity=blacklist",
            json={"data": ["1"], "channel": "email"},
            headers=headers,
        ),
    ]

    assert [answer.status_code for answer in answers] == [400, 400]


@pytest.mark.parametrize(
    ("form", "query"),
    [({}, {"primary_key": "7001"}), ({"data": '{"primary_key": "7001"}'}, {})],
)
def test_erases_a_contact(panel: Panel, form: dict[str, str], query: dict[str, str]) -> None:
    """The newer and the older form both remove the contact from the panel."""
    panel.batch(ROW)

    answer = panel.form("request_erasure_data", form, type="erasure_user_data", **query)

    assert answer.json()["result"] == "Success"
    assert panel.contacts() == []
    assert [entry["primary_key"] for entry in panel.received("erasures")] == ["7001"]


def test_reset_forgets_everything(panel: Panel) -> None:
    """Afterwards neither items nor faults are left."""
    panel.upload(ACTIVITY)
    panel.fault(do="status")

    panel.http.post("/_reset")

    assert panel.http.get("/_health").json() == {
        "status": "ok",
        "received": {
            "activities": 0,
            "contacts": 0,
            "blacklist": 0,
            "erasures": 0,
            "uploads": 0,
        },
    }
    assert panel.contacts() == []
    assert panel.http.get("/_faults").json() == {"faults": []}


def test_state_file_survives_a_crash(tmp_path: Path) -> None:
    """A new simulator on the same file has what the old one had; a torn last line is dropped."""
    file = tmp_path / "netcore.jsonl"
    Panel({"state": file}).batch(ROW)
    with file.open("a") as journal:
        journal.write('["activities", {"torn')

    again = Panel({"state": file})

    assert [one["id"] for one in again.contacts()] == ["7001"]
    assert again.upload(ACTIVITY).status_code == 200
    assert [one["activities"] for one in Panel({"state": file}).contacts()] == [1]
    assert file.stat().st_mode & 0o077 == 0


def test_reads_back_a_lone_surrogate(panel: Panel) -> None:
    """Text that is no valid Unicode does not break the inspection."""
    panel.http.post(
        "/v3/contact/batchadd",
        content=b'{"listid":1,"notifyemail":"o@example.com","primarykey":"custid",'
        b'"data":[{"CUSTID":"1","NAME":"\\ud800"}]}',
        headers={**API_KEY, "content-type": "application/json"},
    )

    assert panel.received("contacts")[0]["NAME"] == "\ud800"


def test_a_summary_shows_attributes_and_activities_of_its_days() -> None:
    """One contact's, found by primary key; of an erased or unknown one, nothing."""
    panel = Panel()
    panel.batch(ROW, {"CUSTID": "7002"})
    panel.upload(ACTIVITY, {**ACTIVITY, "identity": "7002"})
    panel.upload({**ACTIVITY, "timestamp": "2025-11-01T10:00:00Z"})

    def asked(key: str) -> Any:
        data = {"primary_key": key, "from_date": "01012026", "to_date": "23112026"}
        form = {"data": json.dumps(data)}
        return panel.form("get_user_summary_data", form, type="export_data").json()

    told, nobody = asked("7001"), asked("7003")

    assert told["status"] == "success"
    assert told["primary_key"] == "7001"
    assert told["result"]["user_data"]["attribute_data"] == ROW
    assert told["result"]["user_data"]["activity_data"] == [ACTIVITY]
    assert nobody["result"]["user_data"]["attribute_data"] == {}
    assert nobody["result"]["user_data"]["activity_data"] == []


@pytest.mark.parametrize("day", ["2026-01-01", "32012026", "", "24112026"])
def test_a_summary_of_no_days_is_refused(day: str) -> None:
    """A date in another form, none at all, or a first day after the last."""
    data = {"primary_key": "7001", "from_date": day, "to_date": "23112026"}

    answer = Panel().form("get_user_summary_data", {"data": json.dumps(data)}, type="export_data")

    assert answer.status_code == 200
    assert answer.json()["result"] != "Success"
