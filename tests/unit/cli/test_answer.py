"""Commands answer people in lines and programs in JSON."""

import json

import pytest

from cli.answer import Ending, ended, show


def test_people_get_aligned_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Names stand in one column and values in the next."""
    show({"shop": "a.myshopify.com", "api_url": "http://127.0.0.1"}, as_json=False)

    assert capsys.readouterr().out == "shop     a.myshopify.com\napi_url  http://127.0.0.1\n"


def test_programs_get_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The whole output is one JSON object."""
    show({"shop": "a.myshopify.com"}, as_json=True)

    assert json.loads(capsys.readouterr().out) == {"shop": "a.myshopify.com"}


def test_the_reason_of_an_end_stays_out_of_the_result(capsys: pytest.CaptureFixture[str]) -> None:
    """A failing command explains itself on the standard error and exits with its code."""
    stop = ended(Ending.OTHER_SIDE_FAILED, "emulator did not answer")

    assert stop.exit_code == 3
    assert capsys.readouterr() == ("", "emulator did not answer\n")
