"""Programs in the background are found again, waited for and stopped."""

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.processes import Background, NotServing

ENVIRONMENT = {"PATH": os.defpath}


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Background]:
    """A program that is stopped after the test, whatever happened."""
    program = Background("toy", tmp_path)
    yield program
    program.stop()


@pytest.fixture
def port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve(program: Background, port: int, folder: Path) -> None:
    program.start(
        [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port)],
        cwd=folder,
        environment=ENVIRONMENT,
    )


def test_is_found_again_by_its_name(program: Background, port: int, tmp_path: Path) -> None:
    """A second object of the same name and folder, as in a later command, sees it running."""
    _serve(program, port, tmp_path)

    program.wait_until_serving(f"http://127.0.0.1:{port}/", seconds=20)

    assert Background("toy", tmp_path).alive


def test_is_gone_after_stop(program: Background, port: int, tmp_path: Path) -> None:
    """A stopped program runs no longer and leaves no pid file."""
    _serve(program, port, tmp_path)

    program.stop()

    assert not program.alive
    assert sorted(path.name for path in tmp_path.iterdir()) == ["toy.log"]


def test_a_file_that_was_left_is_no_running_program(tmp_path: Path) -> None:
    """After a crash of the machine the number may be anybody's; it must not be stopped."""
    (tmp_path / "toy.pid").write_text(str(os.getpid()))

    Background("toy", tmp_path).stop()

    assert list(tmp_path.iterdir()) == []


def test_says_why_it_does_not_serve(program: Background, port: int, tmp_path: Path) -> None:
    """A program that ends at once is reported with its last words."""
    program.start(
        [sys.executable, "-c", "raise SystemExit('no such option')"],
        cwd=tmp_path,
        environment=ENVIRONMENT,
    )

    with pytest.raises(NotServing, match="toy ended at once:\nno such option"):
        program.wait_until_serving(f"http://127.0.0.1:{port}/", seconds=20)
