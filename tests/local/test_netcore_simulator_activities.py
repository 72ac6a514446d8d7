"""The Netcore simulator takes activities as Netcore's upload does, and loses the same ones."""

import pytest

from tests.local.netcore_panel import ACTIVITY, API_KEY, BEARER, Panel


@pytest.fixture
def panel() -> Panel:
    """An empty panel whose primary key is CUSTID."""
    return Panel()


def test_keeps_an_activity_as_it_came(panel: Panel) -> None:
    """What is uploaded can be read back in Netcore's field names, with the time it came."""
    answer = panel.upload(ACTIVITY)

    assert answer.status_code == 200
    assert "error" not in answer.json()
    assert panel.received("activities") == [
        {**ACTIVITY, "_received_at": "2026-11-23T08:00:00.000+00:00"}
    ]


@pytest.mark.parametrize(
    "params",
    [{"items": []}, {"items": [{"tags": []}]}, {"a": {"b": {"c": []}}}, {"a": [[]]}],
)
def test_loses_an_activity_with_an_empty_array(panel: Panel, params: dict[str, object]) -> None:
    """An empty array at any depth: the answer is 200, and nothing is stored."""
    answer = panel.upload(ACTIVITY, {**ACTIVITY, "activity_params": params})

    assert answer.status_code == 200
    assert len(panel.received("activities")) == 1
    assert panel.http.get("/_state").json()["dropped"] == {"activities": 1}


@pytest.mark.parametrize(
    "wrong",
    [
        {"asset_id": ""},
        {"asset_id": 7},
        {"activity_name": None},
        {"timestamp": "2026-11-01T10:00:00"},
        {"timestamp": "2026-11-31T10:00:00Z"},
        {"timestamp": 1793527200},
        {"activity_source": "shopify"},
        {"activity_params": []},
        {"identity": True},
        {"identity": None},
        {"identity": ""},
    ],
)
def test_one_wrong_activity_refuses_the_upload(panel: Panel, wrong: dict[str, object]) -> None:
    """A 400 rejects the good neighbours too, so a client must look for the bad one."""
    answer = panel.upload(ACTIVITY, {**ACTIVITY, **wrong})

    assert answer.status_code == 400
    assert answer.json().keys() == {"error"}
    assert panel.received("activities") == []


@pytest.mark.parametrize(
    "body",
    ["", "{}", "[]", "null", "[1]", "[{}", '[{"a": NaN}]', '[{"a": 1e999}]', "[" * 100_000],
)
def test_refuses_what_is_no_upload(panel: Panel, body: str) -> None:
    """Anything but a JSON array of activities is a 400."""
    answer = panel.http.post("/v1/activity/upload", content=body, headers=BEARER)

    assert answer.status_code == 400


def test_takes_a_thousand_activities_and_no_more(panel: Panel) -> None:
    """1000 activities are the limit of one call."""
    small = {**ACTIVITY, "activity_params": {}}

    answers = [panel.upload(*[small] * 1000), panel.upload(*[small] * 1001)]

    assert [answer.status_code for answer in answers] == [200, 400]
    assert len(panel.received("activities")) == 1000


@pytest.mark.parametrize("known_by", ["email", "mobile", "anonid", "annonid"])
def test_an_activity_needs_no_identity(panel: Panel, known_by: str) -> None:
    """E-mail, mobile or an anonymous id, in either spelling, will do."""
    nobody = {name: value for name, value in ACTIVITY.items() if name != "identity"}

    refused, taken = panel.upload(nobody), panel.upload({**nobody, known_by: "somebody"})

    assert [refused.status_code, taken.status_code] == [400, 200]


@pytest.mark.parametrize("headers", [{}, {"api-key": "guess"}, {"authorization": "Bearer guess"}])
def test_gateway_stops_an_upload_without_the_key(panel: Panel, headers: dict[str, str]) -> None:
    """A missing or wrong key is API Gateway's 403, whatever the body."""
    answer = panel.http.post("/v1/activity/upload", content="junk", headers=headers)

    assert answer.status_code == 403
    assert answer.headers["x-amzn-errortype"] == "MissingAuthenticationTokenException"


@pytest.mark.parametrize(
    ("mode", "statuses"), [("both", [200, 200]), ("bearer", [200, 403]), ("api-key", [403, 200])]
)
def test_activity_key_is_taken_from_the_header_of_the_mode(mode: str, statuses: list[int]) -> None:
    """The panel may want the bearer token, the older header, or either."""
    panel = Panel({"auth_mode": mode})

    answers = [
        panel.http.post("/v1/activity/upload", json=[ACTIVITY], headers=headers)
        for headers in (BEARER, API_KEY)
    ]

    assert [answer.status_code for answer in answers] == statuses
