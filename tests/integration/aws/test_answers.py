"""Answers are read whole or not at all, in every form that HTTP gives them."""

import pytest

from shopbridge.aws.answer import ANSWER_LIMIT
from shopbridge.aws.connection import Connection, Timeouts
from shopbridge.aws.dial import Dial
from shopbridge.aws.errors import AwsConnectionLost, AwsRejected
from tests.integration.aws.server import Reply, Server
from tests.integration.aws.wire import NOON, Clock, Dialled, Socket, answer

CUT_OFF = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
SOON = NOON + 1.5


def post(one: Connection) -> bytes:
    """Send a request and return the body of its answer."""
    return one.exchange("POST", "/", {}, b"{}", until=SOON).body


@pytest.mark.parametrize("raw", [b"", CUT_OFF, CHUNKED + b"4\r\nhal", b"no HTTP\r\n\r\n"])
def test_broken_answer_is_a_lost_connection(raw: bytes) -> None:
    """No answer, half of one and nonsense are told from a whole answer; the next call connects."""
    with Server(Reply(raw, hang_up=True), answer(b"ok")) as server:
        one = Connection(False, server.host, Dial(), Clock(), Timeouts(5, 5, 5))

        with pytest.raises(AwsConnectionLost):
            post(one)

        assert post(one) == b"ok"
        one.close()
    assert len(set(server.seen)) == 2


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        (answer(b"x" * ANSWER_LIMIT), b"x" * ANSWER_LIMIT),
        (CHUNKED + b"2\r\nab\r\n1\r\nc\r\n0\r\n\r\n", b"abc"),
        (b"HTTP/1.1 204 No\r\n\r\n", b""),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + answer(b"ok"), b"ok"),
    ],
)
def test_answers_of_all_forms_are_read(raw: bytes, body: bytes) -> None:
    """Answers with a length, in chunks, without a body and after a `100 Continue`."""
    one = Connection(True, "h", Dialled(Socket(raw)), Clock(), Timeouts())

    assert post(one) == body


@pytest.mark.parametrize(
    "raw",
    [
        answer(b"x" * (ANSWER_LIMIT + 1)),
        CHUNKED + b"%x\r\n" % (ANSWER_LIMIT + 1) + b"x" * (ANSWER_LIMIT + 1) + b"\r\n0\r\n\r\n",
    ],
)
def test_endless_answer_is_not_read(raw: bytes) -> None:
    """More than 1 MB is refused, and its connection left."""
    socket = Socket(raw)

    with pytest.raises(AwsRejected, match="more than 1048576 bytes"):
        post(Connection(True, "h", Dialled(socket), Clock(), Timeouts()))

    assert socket.closed
