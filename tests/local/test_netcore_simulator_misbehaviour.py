"""Each fault of the Netcore simulator does what its name says."""

import zlib

import httpx
import pytest

from local.netcore.canned import gzip_bomb
from tests.local.netcore_panel import ACTIVITY, BEARER, Panel


@pytest.fixture
def panel() -> Panel:
    """An empty panel with nothing planned."""
    return Panel()


@pytest.mark.parametrize("retry_after", ["3", 3, None])
def test_throttles_with_and_without_a_time_to_wait(
    panel: Panel, retry_after: str | int | None
) -> None:
    """`Retry-After` is there only if asked for."""
    panel.fault(do="throttle", retry_after=retry_after)

    answer = panel.upload(ACTIVITY)

    assert answer.status_code == 429
    assert answer.headers.get("retry-after") == (None if retry_after is None else "3")


@pytest.mark.parametrize(
    ("fault", "status", "text"),
    [
        ("html", 200, "<html><body>Scheduled maintenance</body></html>"),
        ("redirect", 301, ""),
        ("empty", 200, ""),
        ("error_200", 200, '{"error": "Internal error"}'),
    ],
)
def test_answers_what_no_client_expects(panel: Panel, fault: str, status: int, text: str) -> None:
    """None of these applies the request."""
    panel.fault(do=fault)

    answer = panel.upload(ACTIVITY)

    assert (answer.status_code, answer.text) == (status, text)
    assert panel.received("activities") == []


def test_error_under_200_is_spelled_as_the_api_spells_it(panel: Panel) -> None:
    """On `apiv2` the message is the result."""
    panel.fault(do="error_200", message="Invalid API key")

    answer = panel.form("add", {"data": '{"CUSTID":"1"}'})

    assert answer.json() == {"result": "Invalid API key"}


@pytest.mark.parametrize(
    ("fault", "kept"), [("reset_before", 0), ("reset_after_apply", 1), ("truncate", 1)]
)
def test_breaks_the_connection_before_or_after_applying(
    panel: Panel, fault: str, kept: int
) -> None:
    """The client cannot tell which; the panel can."""
    panel.fault(do=fault)

    with pytest.raises(httpx.ReadError):
        panel.upload(ACTIVITY)

    assert len(panel.received("activities")) == kept


def test_delays_then_applies(panel: Panel) -> None:
    """The answer is the right one, only later."""
    panel.fault(do="delay", seconds=7)

    answer = panel.upload(ACTIVITY)

    assert (answer.status_code, panel.slept) == (200, [7.0])
    assert len(panel.received("activities")) == 1


def test_drips_the_right_answer(panel: Panel) -> None:
    """Each byte is waited for."""
    panel.fault(do="drip", seconds=1)

    answer = panel.upload(ACTIVITY)

    assert answer.json() == {"status": "success"}
    assert panel.slept == [1.0] * 21


def test_hangs_longer_than_the_client_waits(panel: Panel) -> None:
    """Nothing is applied, and nothing is answered."""
    panel.fault(do="hang")

    with pytest.raises(httpx.ReadTimeout):
        panel.http.post("/v1/activity/upload", json=[ACTIVITY], headers=BEARER, timeout=0.01)

    assert panel.received("activities") == []


def test_huge_answer_begins_like_a_success(panel: Panel) -> None:
    """50 MB, to be cut off by a client that limits what it reads."""
    panel.fault(do="huge")

    answer = panel.upload(ACTIVITY)

    assert len(answer.content) == 50 * 2**20 + 20
    assert answer.content.startswith(b'{"result":"Success"} ')


def test_bomb_is_a_sound_gzip_stream() -> None:
    """It inflates to the success and the blanks it promises, checksum and size included."""
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)

    text = inflate.decompress(b"".join(gzip_bomb(3)))

    assert inflate.eof
    assert text == b'{"result":"Success"}' + b" " * 3 * 2**20


def test_bomb_is_small_on_the_wire(panel: Panel) -> None:
    """About a megabyte is sent for a gigabyte of text."""
    panel.fault(do="gzip_bomb")

    with panel.http.stream("POST", "/v1/activity/upload", headers=BEARER) as answer:
        size = sum(len(chunk) for chunk in answer.iter_raw())

    assert answer.headers["content-encoding"] == "gzip"
    assert 1_000_000 < size < 1_100_000
