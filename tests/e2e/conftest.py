"""What every test against the running local system gets."""

import pytest

from local import run


@pytest.fixture(scope="session")
def system() -> run.Run:
    """How to reach the system that `make e2e` started."""
    found = run.status()
    if found is None:
        pytest.exit("not running: `make e2e` starts it, `shopbridge local up` too", returncode=3)
    return found
