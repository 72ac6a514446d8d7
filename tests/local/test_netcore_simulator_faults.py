"""The Netcore simulator misbehaves as planned: for those requests, that often, that long."""

from datetime import timedelta

import pytest

from tests.local.netcore_panel import ACTIVITY, ROW, Panel


@pytest.fixture
def panel() -> Panel:
    """An empty panel with nothing planned."""
    return Panel()


def test_strikes_the_nth_request_and_its_followers(panel: Panel) -> None:
    """`nth` and `times` choose among the requests that match; others are not counted."""
    panel.fault(do="status", status=500, match={"path": "/v1/*", "nth": 2, "times": 2})
    panel.batch(ROW)

    statuses = [panel.upload(ACTIVITY).status_code for _ in range(4)]

    assert statuses == [200, 500, 500, 200]
    assert panel.http.get("/_faults").json()["faults"] == [
        {
            "do": "status",
            "status": 500,
            "match": {"path": "/v1/*", "nth": 2, "times": 2},
            "seen": 4,
            "struck": 2,
        }
    ]


def test_strikes_once_unless_told_otherwise(panel: Panel) -> None:
    """Without `times` and window one request is hit; with `times` null, all until cleared."""
    panel.fault(do="throttle")
    once = [panel.upload(ACTIVITY).status_code for _ in range(2)]
    panel.fault(do="throttle", match={"times": None})
    always = [panel.upload(ACTIVITY).status_code for _ in range(3)]

    panel.http.delete("/_faults")

    assert once == [429, 200]
    assert always == [429, 429, 429]
    assert panel.upload(ACTIVITY).status_code == 200


def test_window_ends_by_itself(panel: Panel) -> None:
    """A fault planned for 20 seconds hits everything until then and nothing after."""
    panel.fault(do="status", for_seconds=20)
    during = [panel.upload(ACTIVITY).status_code for _ in range(2)]
    panel.now += timedelta(seconds=20)

    after = panel.upload(ACTIVITY).status_code

    assert (during, after) == ([503, 503], 200)


def test_strikes_what_contains_a_text(panel: Panel) -> None:
    """The text is looked for in JSON as sent and in forms as decoded."""
    panel.fault(do="status", match={"contains": "a@example.com", "times": 2})
    panel.batch({"CUSTID": "1"})

    struck = [panel.batch(ROW), panel.form("addsync", {"data": '{"CUSTID":"a@example.com"}'})]

    assert [answer.status_code for answer in struck] == [503, 503]
    assert [row["CUSTID"] for row in panel.received("contacts")] == ["1"]


def test_path_may_name_query_fields(panel: Panel) -> None:
    """The calls that share `/apiv2` are told apart by their query."""
    panel.fault(do="status", match={"path": "/apiv2?activity=addsync"})

    answers = [panel.form(call, {"data": '{"CUSTID":"1"}'}) for call in ("add", "addsync")]

    assert [answer.status_code for answer in answers] == [200, 503]


def test_the_first_planned_of_two_strikes(panel: Panel) -> None:
    """Both count the request, one answers it."""
    panel.fault(do="status", status=500)
    panel.fault(do="status", status=502)

    statuses = [panel.upload(ACTIVITY).status_code for _ in range(3)]

    assert statuses == [500, 502, 200]


@pytest.mark.parametrize(
    "fault",
    [
        {"do": "explode"},
        {"do": "status", "status": 200},
        {"do": "status", "times": 3},
        {"do": "status", "match": {"nth": 0}},
        {"do": "throttle", "retry_after": "3\r\nx: y"},
        [{"do": "status"}, {}],
        "status",
    ],
)
def test_a_plan_with_a_mistake_changes_nothing(panel: Panel, fault: object) -> None:
    """The answer says where the mistake is."""
    answer = panel.http.post("/_faults", json=fault)

    assert answer.status_code == 400
    assert answer.json()["error"]
    assert panel.http.get("/_faults").json() == {"faults": []}


def test_faults_leave_the_inspection_alone(panel: Panel) -> None:
    """The simulator's own endpoints always work."""
    panel.fault(do="status", match={"times": None})

    assert panel.http.get("/_received").status_code == 200
