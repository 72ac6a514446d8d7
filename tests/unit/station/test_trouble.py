"""What is logged about an exception."""

import pytest

from shopbridge.station import trouble


def test_text_of_an_exception_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Kind and place are; the text and the line of code may quote a payload."""
    try:
        float("ada@example.com")
    except ValueError as exc:
        trouble.tell("not delivered", exc, shop="a.myshopify.com")

    (record,) = caplog.records
    told = vars(record)
    assert (told["error"], told["shop"]) == ("ValueError", "a.myshopify.com")
    assert told["places"][0].startswith("test_trouble.py:")
    assert "ada" not in repr(told)
