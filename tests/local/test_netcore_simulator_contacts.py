"""The Netcore simulator takes contacts by JSON and by form, within Netcore's limits."""

import pytest

from tests.local.netcore_panel import ACTIVITY, BEARER, ROW, Panel


@pytest.fixture
def panel() -> Panel:
    """An empty panel whose primary key is CUSTID."""
    return Panel()


def test_keeps_each_row_of_a_batch(panel: Panel) -> None:
    """One entry per contact, with the name of its primary key."""
    answer = panel.batch(ROW, {"CUSTID": "7002"})

    assert answer.json()["result"] == "Success"
    assert panel.received("contacts") == [
        {
            **ROW,
            "_primarykey": "CUSTID",
            "_listid": 5,
            "_via": "batchadd",
            "_received_at": "2026-11-23T08:00:00.000+00:00",
        },
        {
            "CUSTID": "7002",
            "_primarykey": "CUSTID",
            "_listid": 5,
            "_via": "batchadd",
            "_received_at": "2026-11-23T08:00:00.000+00:00",
        },
    ]


@pytest.mark.parametrize(
    "row",
    [
        {"CUSTID": "1", "PAID": True},
        {"CUSTID": "1", "TOTALSPENT": 120.5},
        {"CUSTID": "1", "TAGS": None},
        {"CUSTID": "1", "TAGS": ["a"]},
        {"CUSTID": "1", "firstname": "A"},
        {"CUSTID": ""},
        {"EMAIL": "a@example.com"},
        {"CUSTID": "1", **{f"A{n}": "" for n in range(20)}},
        "1",
    ],
)
def test_one_wrong_contact_refuses_the_batch(panel: Panel, row: object) -> None:
    """Values are strings or integers, names upper case, 20 at most, the key among them."""
    answer = panel.batch(ROW, row)

    assert answer.status_code == 400
    assert panel.received("contacts") == []


@pytest.mark.parametrize(
    "envelope",
    [
        {"listid": None},
        {"listid": "5"},
        {"notifyemail": None},
        {"notifyemail": "ops"},
        {"primarykey": ""},
        {"ListId": 5},
        {"data": []},
        {"data": [ROW] * 1001},
    ],
)
def test_refuses_a_wrong_envelope(panel: Panel, envelope: dict[str, object]) -> None:
    """List, notify e-mail and primary key are required, keys are lower case, 1000 the limit."""
    answer = panel.batch(ROW, **envelope)

    assert answer.status_code == 400


def test_v3_tells_a_missing_key_from_a_wrong_one(panel: Panel) -> None:
    """401 without the header, 403 with another key; a bearer token is no key here."""
    answers = [
        panel.http.post(f"/v3/contact/{call}", json={}, headers=headers)
        for call in ("batchadd", "blacklist")
        for headers in (BEARER, {"api-key": "guess"})
    ]

    assert [answer.status_code for answer in answers] == [401, 403, 401, 403]


def test_refuses_a_body_that_is_too_long(panel: Panel) -> None:
    """More than 900 kB of activities, or 10 MB of contacts, are 413."""
    long = panel.upload({**ACTIVITY, "activity_params": {"name": "x" * 921_600}})
    longer = panel.batch({**ROW, "NAME": "x" * 10_485_760})

    assert [long.status_code, longer.status_code] == [413, 413]


@pytest.mark.parametrize("activity", ["add", "addsync"])
def test_takes_one_contact_by_form(panel: Panel, activity: str) -> None:
    """`data` is a JSON string of attributes; the panel's primary key is among them."""
    answer = panel.form(activity, {"data": '{"CUSTID": "7001", "MOBILE": 919}', "listid": "3"})

    assert answer.json()["result"] == "Success"
    assert panel.received("contacts")[0]["_via"] == activity
    assert panel.contacts()[0]["attributes"] == {"CUSTID": "7001", "MOBILE": 919}


def test_only_the_synchronous_call_says_what_is_wrong(panel: Panel) -> None:
    """`add` looks at nothing but the key before it answers; the contact is lost."""
    wrong = {"data": '{"EMAIL": "a@example.com"}'}

    said, lost = panel.form("addsync", wrong), panel.form("add", wrong)

    assert (said.status_code, said.json()) == (200, {"result": "the primary key is missing"})
    assert (lost.status_code, lost.json()["result"]) == (200, "Success")
    assert panel.contacts() == []
    assert panel.http.get("/_state").json()["dropped"] == {"contacts": 1}


@pytest.mark.parametrize("activity", ["add", "addsync", "bulkupload", "request_erasure_data"])
def test_apiv2_says_under_200_that_the_key_is_wrong(panel: Panel, activity: str) -> None:
    """Netcore's pages print this body under the 200 heading."""
    answer = panel.form(activity, {"data": '{"CUSTID": "7001"}'}, apikey="guess")

    assert (answer.status_code, answer.json()) == (200, {"result": "Invalid API key"})
    assert panel.contacts() == []


def test_apiv2_refuses_contact_data_in_the_query(panel: Panel) -> None:
    """Personal data in the URL would end in access logs."""
    answer = panel.form("addsync", {}, data='{"CUSTID": "7001"}')

    assert answer.json() == {"result": "unexpected query parameter"}


FILE = "https://files.example.com/a.csv?sig=1&x=2"


def holding(content: bytes | None) -> Panel:
    """Return a panel that finds `content` at every address."""

    async def fetch(url: str) -> bytes | None:
        assert url == FILE
        return content

    return Panel({"fetch": fetch})


def test_fetches_a_bulk_file_and_takes_its_rows() -> None:
    """The header names attributes; an empty cell says nothing; the address is kept."""
    panel = holding(b'CUSTID,EMAIL,TAGS\r\n7001,a@example.com,\r\n7002,,"a, b"\r\n')

    answer = panel.form("bulkupload", {"path": FILE, "listid": "5"})

    assert (answer.json()["result"], len(answer.json()["requestid"])) == ("Success", 32)
    assert [one["attributes"] for one in panel.contacts()] == [
        {"CUSTID": "7001", "EMAIL": "a@example.com"},
        {"CUSTID": "7002", "TAGS": "a, b"},
    ]
    assert {one["_via"] for one in panel.received("contacts")} == {"bulkupload"}
    assert panel.received("uploads") == [
        {"path": FILE, "listid": "5", "_received_at": "2026-11-23T08:00:00.000+00:00"}
    ]


@pytest.mark.parametrize(
    ("content", "dropped"),
    [
        (None, {"uploads": 1}),
        (b"", {"uploads": 1}),
        (b"\xff", {"uploads": 1}),
        (b'CUSTID\r\n"7001', {"uploads": 1}),
        (b"CUSTID,TAGS\r\n,vip\r\n7002,a,b\r\n", {"contacts": 2}),
        (b"CUSTID,tags\r\n7001,vip\r\n", {"contacts": 1}),
    ],
)
def test_a_bulk_file_that_is_no_good_is_told_to_nobody(
    content: bytes | None, dropped: dict[str, int]
) -> None:
    """The caller has its answer by then; files and rows that were dropped are counted."""
    panel = holding(content)

    answer = panel.form("bulkupload", {"path": FILE})

    assert answer.json()["result"] == "Success"
    assert panel.contacts() == []
    assert {k: n for k, n in panel.http.get("/_state").json()["dropped"].items() if n} == dropped


def test_a_bulk_file_without_an_address_is_refused(panel: Panel) -> None:
    """`path` is the one field that is required."""
    answer = panel.form("bulkupload", {"listid": "5"})

    assert answer.json() == {"result": "path is not a URL"}
