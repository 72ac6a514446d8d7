"""A call is tried twice at most, within one time limit."""

import pytest

from shopbridge.aws.client import Aws
from shopbridge.aws.credentials import Credentials
from shopbridge.aws.endpoint import Endpoint, Session
from shopbridge.aws.errors import AwsBusy, AwsConnectionLost, AwsRejected, AwsUnavailable
from tests.integration.aws.server import Reply, Server
from tests.integration.aws.wire import ENVIRON, NOON, Clock, Dialled, Socket, answer, aws

FAILED = answer(b"", 503)
THROTTLED = answer(b'{"__type":"x#ProvisionedThroughputExceededException"}', 400)


def read(client: Aws) -> object:
    """Make one call."""
    return client.dynamodb.get_item("t", {"k": "v"})


def test_stale_connection_is_replaced_unseen() -> None:
    """A kept connection that the server left meanwhile costs one more request, no error."""
    with Server(Reply(answer(), hang_up=True), answer()) as server:
        client = Aws.from_environment({**ENVIRON, "AWS_ENDPOINT_URL": f"http://{server.host}"})
        read(client)

        read(client)

        client.close()
    assert len(set(server.seen)) == 2


@pytest.mark.parametrize(
    ("first", "slept"),
    [
        (FAILED, [0.05]),
        (THROTTLED, [0.05]),
        (answer(b"", 429), [0.05]),
        (b"", []),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", []),
    ],
)
def test_passing_failure_is_tried_once_more(first: bytes, slept: list[float]) -> None:
    """5xx and throttling after a short pause, a lost connection at once."""
    clock = Clock()
    client = aws(Dialled(Socket(first, answer()), Socket(answer())), clock)

    assert read(client) is None
    assert clock.slept == slept


@pytest.mark.parametrize(
    ("second", "error"), [(FAILED, AwsBusy), (THROTTLED, AwsBusy), (b"", AwsConnectionLost)]
)
def test_second_failure_is_reported(second: bytes, error: type[AwsUnavailable]) -> None:
    """There is no third try, whichever way the two failed."""
    socket = Socket(FAILED, second, answer())
    client = aws(Dialled(socket, Socket(answer())))

    with pytest.raises(error):
        read(client)

    assert len(socket.answers) == 1


def test_rejection_is_final() -> None:
    """What AWS will never do is not asked twice."""
    socket = Socket(answer(b'{"__type":"ValidationException"}', 400), answer())

    with pytest.raises(AwsRejected):
        read(aws(Dialled(socket)))

    assert len(socket.answers) == 1


def test_second_try_has_the_rest_of_the_time() -> None:
    """After a failure that took 1.2 of the 1.5 s, and the pause, 0.25 s are left to wait."""
    clock = Clock()
    socket = Socket(FAILED, answer(), elapse=lambda: clock.sleep(1.2))

    read(aws(Dialled(socket), clock))

    assert [round(seconds, 6) for seconds in socket.timeouts] == [1.0, 0.25]


def test_second_try_is_left_out_when_time_is_up() -> None:
    """A failure that used up the time is the end."""
    clock = Clock()
    socket = Socket(FAILED, answer(), elapse=lambda: clock.sleep(1.5))

    with pytest.raises(AwsUnavailable, match="timed out"):
        read(aws(Dialled(socket), clock))

    assert len(socket.answers) == 1


def test_function_ends_in_time() -> None:
    """`end_by` cuts every later call short, and a moment that passed leaves none."""
    clock, socket = Clock(), Socket(answer())
    client = aws(Dialled(socket), clock)
    client.end_by(NOON + 0.25)
    read(client)
    clock.now = NOON + 0.25

    with pytest.raises(AwsUnavailable):
        read(client)

    assert socket.timeouts == [0.25]


@pytest.mark.parametrize(
    ("region", "host"),
    [
        ("ap-south-1", "sns.ap-south-1.amazonaws.com"),
        ("cn-north-1", "sns.cn-north-1.amazonaws.com.cn"),
    ],
)
def test_hosts_follow_the_region(region: str, host: str) -> None:
    """AWS in China has addresses of its own."""
    session = Session(region, Credentials("key", "secret"))

    assert session.url("sns") == f"https://{host}"


@pytest.mark.parametrize("url", ["", "127.0.0.1:4610", "http://", "http://host/path"])
def test_strange_endpoints_are_refused(url: str) -> None:
    """An address must be a scheme and a host, nothing more."""
    with pytest.raises(ValueError, match="not the address of a service"):
        Endpoint(Session("eu-west-1", Credentials("key", "secret")), "sns", url)
