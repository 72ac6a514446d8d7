"""The Netcore simulator tells of unsubscribes and web messages, in Netcore's documented bodies."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from local.netcore.app import create_app
from local.netcore.in_process import InProcess
from shopbridge.commands import FillCustomer, Identity, Unsubscribe
from shopbridge.to_shopify.reading import read

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
SECRET = {"X-Shopbridge-Secret": "s"}


class Receiver:
    """Takes what is posted; answers the statuses it was given, then 202."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.taken: list[tuple[str, Any, dict[str, str]]] = []

    async def __call__(self, url: str, body: Any, headers: Mapping[str, str]) -> int:
        """Take one post."""
        self.taken.append((url, body, dict(headers)))
        return self.statuses.pop(0) if self.statuses else 202


def panel(receiver: Receiver) -> httpx.Client:
    """Start a panel that tells `receiver`."""
    app = create_app(clock=lambda: AT, post=receiver)
    client = httpx.Client(transport=InProcess(app), base_url="http://netcore.test")
    target = {"url": "http://bridge.test/netcore/a/events", "headers": SECRET}
    assert client.post("/_callback", json=target).status_code == 200
    return client


@pytest.mark.parametrize("shape", ["email_api", "form"])
def test_an_unsubscribe_is_told_as_netcore_does(shape: str) -> None:
    """What we read out of it is who, which channel and when."""
    receiver = Receiver()

    told = panel(receiver).post("/_unsubscribe", json={"email": "a@example.com", "shape": shape})

    ((url, body, headers),) = receiver.taken
    who = Identity(email="a@example.com")
    assert told.json() == {"statuses": [202]}
    assert (url, headers) == ("http://bridge.test/netcore/a/events", SECRET)
    assert read(httpx.Request("POST", url, json=body).content, "unsubscribes").commands == (
        Unsubscribe(who, "email", AT, shape),
    )


def test_a_web_message_is_told_as_a_form() -> None:
    """Labels as the marketer wrote them, and Netcore's own date and time."""
    receiver = Receiver()
    fields = {"Email": "a@example.com", "First Name": "Ada", "Newsletter": "Yes"}

    panel(receiver).post("/_web_message", json={"fields": fields})

    ((url, body, _),) = receiver.taken
    filled = FillCustomer(
        Identity(email="a@example.com"), "Ada", subscribes=("email",), at=AT, source="form"
    )
    assert read(httpx.Request("POST", url, json=body).content, "profiles").commands == (filled,)


def test_a_receiver_that_fails_is_tried_again() -> None:
    """Until it takes the body, three times at most; what it refuses is not repeated."""
    failing, refusing = Receiver(503, 0, 202), Receiver(401)

    told = panel(failing).post("/_unsubscribe", json={"email": "a@example.com"})
    refused = panel(refusing).post("/_unsubscribe", json={"email": "a@example.com"})

    assert (told.json(), len(failing.taken)) == ({"statuses": [202]}, 3)
    assert (refused.json(), len(refusing.taken)) == ({"statuses": [401]}, 1)


def test_the_same_may_be_told_several_times() -> None:
    """As a panel does that did not hear the answer; all of it is shown."""
    receiver = Receiver()
    netcore = panel(receiver)

    netcore.post("/_unsubscribe", json={"email": "a@example.com", "times": 3})

    assert len(netcore.get("/_callbacks").json()["callbacks"]) == 3


def test_a_mistake_is_refused() -> None:
    """A form without fields, a target that is no address."""
    netcore = panel(Receiver())

    refused = [
        netcore.post("/_web_message", json={}),
        netcore.post("/_callback", json={"url": "nowhere"}),
        netcore.post("/_unsubscribe", json={"email": "a@example.com", "shape": "letter"}),
    ]

    assert [one.status_code for one in refused] == [400, 400, 400]
