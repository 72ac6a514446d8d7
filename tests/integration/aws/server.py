"""A real HTTP server on loopback that answers with what a test writes, byte for byte."""

import ssl
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple, Self


class Reply(NamedTuple):
    """An answer and, where `hang_up` is set, the end of its connection without notice."""

    raw: bytes
    hang_up: bool = False


class Server(ThreadingHTTPServer):
    """Plays replies in order over all connections; `seen` has the client port of each request."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, *replies: Reply | bytes, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies = [Reply(reply) if isinstance(reply, bytes) else reply for reply in replies]
        self.seen: list[int] = []
        self.host = f"127.0.0.1:{self.server_port}"
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True)

    def __enter__(self) -> Self:
        """Serve in the background."""
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop serving."""
        self.shutdown()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients that hang up are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        """Play the next reply."""
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.seen.append(self.client_address[1])
        reply = self.server.replies.pop(0)
        self.wfile.write(reply.raw)
        self.close_connection = reply.hang_up

    do_GET = do_PUT = do_POST

    def log_message(self, *_: object) -> None:
        """Keep the tests' output clean."""
