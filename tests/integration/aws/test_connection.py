"""A connection is kept, and left in time; against a real server where sockets matter."""

import pytest

from shopbridge.aws.answer import Answer
from shopbridge.aws.connection import Connection, Timeouts
from shopbridge.aws.dial import Dial
from shopbridge.aws.errors import AwsConnectionLost, AwsUnavailable
from tests.integration.aws.server import Reply, Server
from tests.integration.aws.wire import NOON, Clock, Dialled, Socket, answer

SOON = NOON + 1.5


def connection(dialled: Dialled, clock: Clock | None = None) -> Connection:
    """Return a connection on fakes."""
    return Connection(True, "h", dialled, clock or Clock(), Timeouts())


def exchange(one: Connection) -> Answer:
    """Send a request that must be done in 1.5 s."""
    return one.exchange("POST", "/", {}, b"{}", until=SOON)


def to(server: Server) -> Connection:
    """Return a connection to a real server."""
    return Connection(False, server.host, Dial(), Clock(), Timeouts(connect=5, read=5, call=5))


def test_one_connection_serves_many_requests() -> None:
    """Keep-alive: the server sees a single client."""
    with Server(*[answer(b"ok")] * 3) as server:
        one = to(server)

        bodies = [exchange(one).body for _ in range(3)]

        one.close()
    assert bodies == [b"ok", b"ok", b"ok"]
    assert len(server.seen) == 3
    assert len(set(server.seen)) == 1


def test_announced_end_of_a_connection_is_respected() -> None:
    """After `Connection: close` the next request has a connection of its own."""
    with Server(Reply(answer(b"", 200, "Connection: close"), hang_up=True), answer()) as server:
        one = to(server)

        exchange(one)
        exchange(one)

        one.close()
    assert len(set(server.seen)) == 2


def test_waits_half_a_second_for_a_connection_and_one_for_an_answer() -> None:
    """The two limits are handed to the socket."""
    socket = Socket(answer())
    dialled = Dialled(socket)

    exchange(connection(dialled))

    assert dialled.calls == [(True, "h", 0.5)]
    assert socket.timeouts == [1.0]


def test_waits_no_longer_than_the_deadline() -> None:
    """With 0.2 s left, neither limit is longer than that."""
    clock, socket = Clock(), Socket(answer())
    clock.now = SOON - 0.25
    dialled = Dialled(socket)

    exchange(connection(dialled, clock))

    assert dialled.calls == [(True, "h", 0.25)]
    assert socket.timeouts == [0.25]


def test_nothing_is_sent_after_the_deadline() -> None:
    """Without any time left there is no connection at all."""
    clock, dialled = Clock(), Dialled()
    clock.now = SOON

    with pytest.raises(AwsUnavailable, match="h: timed out"):
        exchange(connection(dialled, clock))

    assert dialled.calls == []


def test_silence_is_unavailability() -> None:
    """A server that does not answer in time is left, without a second try on its connection."""
    socket = Socket(None)

    with pytest.raises(AwsUnavailable, match="h: timed out") as silent:
        exchange(connection(Dialled(socket)))

    assert not isinstance(silent.value, AwsConnectionLost)
    assert socket.closed


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (ConnectionRefusedError(), "h: ConnectionRefusedError"),
        (TimeoutError(), "h: timed out"),
        (OSError("no such host"), "h: OSError"),
    ],
)
def test_no_connection_is_unavailability(error: OSError, text: str) -> None:
    """Refused, timed out and unknown hosts are not tried again."""
    with pytest.raises(AwsUnavailable, match=text) as failed:
        exchange(connection(Dialled(error)))

    assert type(failed.value) is AwsUnavailable


def test_old_connection_is_left() -> None:
    """A connection that was idle for more than 20 s, as in a frozen function, is not trusted."""
    clock, old, new = Clock(), Socket(answer(), answer()), Socket(answer())
    one = connection(Dialled(old, new), clock)
    one.exchange("POST", "/", {}, b"", until=NOON + 1)
    clock.now += 20
    one.exchange("POST", "/", {}, b"", until=NOON + 21)
    clock.now += 20.5

    one.exchange("POST", "/", {}, b"", until=NOON + 42)

    assert (old.closed, new.closed) == (True, False)


def test_refused_header_leaves_no_half_sent_request() -> None:
    """A line break in a header raises, and its connection is not used again."""
    broken, fresh = Socket(), Socket(answer(b"ok"))
    one = connection(Dialled(broken, fresh))
    with pytest.raises(ValueError, match="Invalid header"):
        one.exchange("POST", "/", {"x": "a\r\nb"}, b"", until=SOON)

    assert exchange(one).body == b"ok"
    assert broken.closed
