"""Serves a storefront on this machine, for as long as somebody visits it."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import uvicorn

from local.processes import NotServing
from local.storefront.app import create_storefront
from local.storefront.site import Site

PATIENCE_SECONDS = 10


@contextlib.contextmanager
def served(site: Site) -> Iterator[str]:
    """
    Serve `site` on a free port of this machine.

    Raises:
        NotServing: it does not come up.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(create_storefront(site), port=port, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def _wait_for(port: int) -> None:
    ends = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
    raise NotServing("the storefront does not serve")
