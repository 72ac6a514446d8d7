"""`python -m local.netcore`: serves the simulator to this machine only."""

import argparse
from pathlib import Path
from typing import get_args

import uvicorn

from local.netcore.app import API_KEY, PRIMARY_KEY, create_app
from local.netcore.connection import BreakableProtocol, Server
from local.netcore.keys import AuthMode

PORT = 4612


def main() -> None:
    """Serve until told to stop, without writing down what is asked: bodies and URLs hold keys."""
    parser = argparse.ArgumentParser(prog="python -m local.netcore", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--state", type=Path, help="file that keeps what was received")
    parser.add_argument("--api-key", default=API_KEY)
    parser.add_argument("--primary-key", default=PRIMARY_KEY)
    parser.add_argument("--auth-mode", choices=get_args(AuthMode), default="both")
    asked = parser.parse_args()
    app = create_app(
        api_key=asked.api_key,
        primary_key=asked.primary_key,
        auth_mode=asked.auth_mode,
        state=asked.state,
    )
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=asked.port,
        http=BreakableProtocol,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=1,  # seconds; a `delay` must not hold up the end
    )
    Server(config, app.state.let_go).run()


if __name__ == "__main__":
    main()
