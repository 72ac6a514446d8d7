"""Calls to Netcore: what goes out, and what each answer means."""

import json
import zlib
from datetime import date
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from shopbridge.errors import NetcoreKeyRefused, NetcoreRejected, NetcoreUnavailable
from shopbridge.netcore.client import (
    DEADLINE_SECONDS,
    LONGEST_ANSWER,
    AuthMode,
    NetcoreClient,
    shared,
)
from shopbridge.netcore.regions import REGIONS, hosts
from tests.unit.netcore.answering import KEY, Playing

BOMB = zlib.compressobj(9, zlib.DEFLATED, 31)


def unavailable(answer: httpx.Response | Exception) -> NetcoreUnavailable:
    """Upload, and return the error that this answer is."""
    with pytest.raises(NetcoreUnavailable) as raised:
        Playing(answer).upload()
    return raised.value


@pytest.mark.parametrize(
    ("auth_mode", "headers"),
    [
        ("bearer", {"authorization": f"Bearer {KEY}"}),
        ("api-key", {"api-key": KEY}),
        ("both", {"authorization": f"Bearer {KEY}", "api-key": KEY}),
    ],
)
def test_activities_are_an_array(auth_mode: AuthMode, headers: dict[str, str]) -> None:
    """A JSON array even for one, under the key as the store's panel wants it."""
    playing = Playing(auth_mode=auth_mode)

    playing.upload()

    (request,) = playing.requests
    assert str(request.url) == "https://api2.netcoresmartech.com/v1/activity/upload"
    assert json.loads(request.content) == [{"activity_name": "Product Purchase"}]
    assert request.headers["content-type"] == "application/json"
    sent = {name: request.headers[name] for name in ("authorization", "api-key") if name in headers}
    assert sent == headers
    assert {"authorization", "api-key"} & request.headers.keys() == headers.keys()


def test_contacts_have_an_envelope_in_lower_case() -> None:
    """List, report address, primary key and rows; the key in a header."""
    playing = Playing(region="eu")

    playing.client.add_contacts(
        [{"CUSTID": "7001", "TOTALORDERS": 3}],
        primary_key="CUSTID",
        list_id=5,
        notify_email="ops@example.com",
    )

    (request,) = playing.requests
    assert str(request.url) == (
        "https://goapiv3.eu-north-1.eu.netcoresmartech.com/v3/contact/batchadd"
    )
    assert request.headers["api-key"] == KEY
    assert json.loads(request.content) == {
        "listid": 5,
        "notifyemail": "ops@example.com",
        "primarykey": "custid",
        "data": [{"CUSTID": "7001", "TOTALORDERS": 3}],
    }


def test_a_file_of_contacts_is_named_in_a_form() -> None:
    """Its signed address goes encoded into the body; Netcore's answer names the job."""
    playing = Playing(httpx.Response(200, json={"requestid": "4f2a", "result": "Success"}))

    job = playing.client.upload_contacts(
        "https://files.example/a.csv?sig=1&x=%2F", list_id=5, notify_email="ops@example.com"
    )

    (request,) = playing.requests
    assert job == "4f2a"
    assert request.url.host == "api.netcoresmartech.com"
    assert dict(request.url.params) == {
        "type": "contact",
        "activity": "bulkupload",
        "apikey": KEY,
    }
    assert request.content == (
        b"path=https%3A%2F%2Ffiles.example%2Fa.csv%3Fsig%3D1%26x%3D%252F"
        b"&listid=5&notifyemail=ops%40example.com"
    )
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "answer", [b"", b"[]", b'{"result": "Success"}', b'{"requestid": "a b", "result": "Success"}']
)
def test_a_job_without_a_usable_name_is_accepted_all_the_same(answer: bytes) -> None:
    """The id is for the log and for Netcore's support; it comes from outside."""
    playing = Playing(httpx.Response(200, content=answer))

    job = playing.client.upload_contacts(
        "https://files.example/a.csv", list_id=5, notify_email="ops@example.com"
    )

    assert job == ""


def test_blacklist_names_key_and_channel_in_headers() -> None:
    """The body holds the identifiers and nothing else."""
    playing = Playing(region="in")

    playing.client.blacklist(["7001", "7002"], primary_key="CUSTID")

    (request,) = playing.requests
    assert request.url.host == "apiin.netcoresmartech.com"
    assert dict(request.url.params) == {"activity": "blacklist", "type": "contact"}
    assert request.headers["primarykey"] == "CUSTID"
    assert (request.headers["api-key"], request.headers["channel"]) == (KEY, "email")
    assert json.loads(request.content) == {"data": ["7001", "7002"]}


def test_text_travels_as_ascii() -> None:
    """Line breaks, emoji and lone surrogates are escaped: nothing can break out of the JSON."""
    playing = Playing()

    playing.client.upload_activities([{"name": "a\r\nBcc: é \ud800 \U0001f381"}])

    assert playing.requests[0].content == (
        b'[{"name": "a\\r\\nBcc: \\u00e9 \\ud800 \\ud83c\\udf81"}]'
    )


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, json={"status": "success"}),
        httpx.Response(200, json={"requestid": "1", "result": "Success"}),
        httpx.Response(202, json={"result": "SUCCESS"}),
        httpx.Response(200),
        httpx.Response(200, json={"data": None}),
        httpx.Response(200, json=[]),
    ],
)
def test_success_is_any_2xx_that_names_no_error(answer: httpx.Response) -> None:
    """Netcore documents no body for it, so an empty or unknown one counts."""
    Playing(answer).upload()


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(401),
        httpx.Response(403, headers={"x-amzn-errortype": "MissingAuthenticationTokenException"}),
        httpx.Response(200, json={"result": "Invalid API key"}),
        httpx.Response(200, json={"error": "invalid api key"}),
    ],
)
def test_wrong_key_is_told_apart(answer: httpx.Response) -> None:
    """It is no fault of the content: the store's circuit opens."""
    with pytest.raises(NetcoreKeyRefused):
        Playing(answer).upload()


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(400, json={"error": "ada@example.com is wrong"}),
        httpx.Response(413, json={"message": "Request Too Long"}),
        httpx.Response(404, text="<html>"),
        httpx.Response(200, json={"error": "ada@example.com is wrong"}),
        httpx.Response(200, json={"errors": ["x"], "data": {}}),
        httpx.Response(200, json={"result": "Failure"}),
    ],
)
def test_refusal_of_the_content_quotes_nothing(answer: httpx.Response) -> None:
    """Repeating cannot help; what Netcore says may hold personal data and is not passed on."""
    with pytest.raises(NetcoreRejected) as raised:
        Playing(answer).upload()

    assert "ada" not in str(raised.value)


@pytest.mark.parametrize(
    ("status", "ambiguous"),
    [(408, True), (429, False), (500, False), (502, True), (503, False), (504, True)],
)
def test_failure_of_the_moment(status: int, ambiguous: bool) -> None:
    """It may work later; where somebody in between gave up it may have worked."""
    error = unavailable(httpx.Response(status))

    assert (error.ambiguous, error.throttled) == (ambiguous, status == 429)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        ("2.5", 2.5),
        ("0", 0.0),
        ("-3", 0.0),
        ("100000", 900.0),
        ("nan", None),
        ("inf", None),
        ("Wed, 25 Nov 2026 07:28:00 GMT", None),
        ("", None),
    ],
)
def test_retry_after_is_read(header: str, seconds: float | None) -> None:
    """Seconds up to a quarter of an hour; anything else leaves it to our backoff."""
    answer = httpx.Response(429, headers={"Retry-After": header})

    assert unavailable(answer).retry_after == seconds


def test_redirect_is_not_followed() -> None:
    """Only Netcore's own hosts are ever asked, and nothing was applied."""
    moved = httpx.Response(301, headers={"Location": "http://169.254.169.254/latest/meta-data/"})
    playing = Playing(moved)

    with pytest.raises(NetcoreUnavailable) as raised:
        playing.upload()

    assert not raised.value.ambiguous
    assert [request.url.host for request in playing.requests] == ["api2.netcoresmartech.com"]


@pytest.mark.parametrize(
    ("error", "ambiguous"),
    [
        (httpx.ConnectError("no such host"), False),
        (httpx.ConnectError("certificate has expired"), False),
        (httpx.ConnectTimeout(""), False),
        (httpx.PoolTimeout(""), False),
        (httpx.WriteError("reset"), True),
        (httpx.ReadError("reset"), True),
        (httpx.ReadTimeout(""), True),
        (httpx.RemoteProtocolError("cut off"), True),
    ],
)
def test_broken_connection(error: Exception, ambiguous: bool) -> None:
    """Before the connection stood nothing was sent; afterwards nobody knows."""
    assert unavailable(error).ambiguous == ambiguous


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, html="<html>Scheduled maintenance</html>"),
        httpx.Response(200, content=b'{"status": "succ'),
        httpx.Response(200, content=b"\xff"),
        httpx.Response(200, content=b"[" * 100_000),
        httpx.Response(200, content=b'{"status": "success"}' + b" " * LONGEST_ANSWER),
        httpx.Response(
            200,
            headers={"Content-Encoding": "gzip"},
            stream=httpx.ByteStream(BOMB.compress(b"\0" * 50_000_000) + BOMB.flush()),
        ),
    ],
    ids=["html", "truncated", "bytes", "deep", "huge", "bomb"],
)
def test_answer_that_is_none_of_netcores(answer: httpx.Response) -> None:
    """Nothing is inflated, no more than a megabyte is read, and it may have been applied."""
    assert unavailable(answer).ambiguous


def test_dripping_answer_has_a_deadline() -> None:
    """An answer that comes a byte at a time is given up after twenty seconds."""
    answers: list[Any] = []
    playing = Playing(lambda: httpx.Response(200, stream=answers[0]))

    class Dripping(httpx.SyncByteStream):
        def __iter__(self) -> Any:
            return playing.drip([b" "] * 1_000, 1.0)

    answers.append(Dripping())
    with pytest.raises(NetcoreUnavailable) as raised:
        playing.upload()

    assert raised.value.ambiguous
    assert playing.now == DEADLINE_SECONDS + 1


def test_key_is_in_no_url_and_no_error() -> None:
    """URLs and errors may be logged."""
    playing = Playing(httpx.Response(401))

    with pytest.raises(NetcoreKeyRefused) as raised:
        playing.upload()

    assert KEY not in str(playing.requests[0].url) + str(raised.value)


@pytest.mark.parametrize("key", ["cnry\n", "cnry\r\nX-Other: 1", "clé"])
def test_key_that_no_header_can_carry_is_refused(key: str) -> None:
    """A key that was pasted with its line break is a wrong key, not a broken connection."""
    with pytest.raises(NetcoreKeyRefused) as raised:
        NetcoreClient(shared(), REGIONS["us"], key, clock=lambda: 0.0)

    assert "cnry" not in str(raised.value)


def test_deployment_may_override_hosts() -> None:
    """Only the local run does; all three families are named."""
    simulator = "http://127.0.0.1:4612"

    found = hosts("us", json.dumps(dict.fromkeys(("contact", "batch", "activity"), simulator)))

    assert {found.contact, found.batch, found.activity} == {simulator}


def test_a_summary_is_asked_for_by_form() -> None:
    """The key in the query, as Netcore wants it; whose it is in the body, where nobody logs it."""
    held = {"attribute_data": {"EMAIL": "a@example.com"}, "activity_data": []}
    answer = {"status": "success", "primary_key": "7001", "result": {"user_data": held}}
    playing = Playing(httpx.Response(200, json=answer), region="in")

    told = playing.client.user_summary("7001", date(2024, 11, 24), date(2026, 11, 23))

    (request,) = playing.requests
    assert told == held
    assert str(request.url) == (
        "https://apiin.netcoresmartech.com/apiv2"
        "?type=export_data&activity=get_user_summary_data&apikey=cnry-key"
    )
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(request.content.decode()) == {
        "data": ['{"primary_key": "7001", "from_date": "24112024", "to_date": "23112026"}']
    }


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"result": "Invalid API key"}, NetcoreKeyRefused),
        ({"error": "Invalid API key"}, NetcoreKeyRefused),
        ({"result": "No data found"}, NetcoreRejected),
        ({"status": "failed", "result": {"user_data": {}}}, NetcoreRejected),
        ([], NetcoreRejected),
    ],
)
def test_what_is_no_summary_is_refused(answer: object, error: type[Exception]) -> None:
    """Netcore reports failures under 200; none of them passes for an empty summary."""
    playing = Playing(httpx.Response(200, json=answer))

    with pytest.raises(error):
        playing.client.user_summary("7001", date(2024, 11, 24), date(2026, 11, 23))


def test_no_url_of_netcores_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """The form APIs take the key in the URL, which httpx would log at the level of information."""
    caplog.set_level("INFO")

    Playing().upload()

    assert [record for record in caplog.records if record.name == "httpx"] == []
