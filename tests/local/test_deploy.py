"""What is deployed locally, and where it answers."""

from dataclasses import replace

from local.deploy import digest, reachable
from local.ports import Ports


def test_the_api_is_reached_through_the_emulators_own_address() -> None:
    """The API's host name resolves nowhere, so its id becomes part of a path."""
    answered = reachable("http://32fb7294.execute-api.localhost:4610", "http://127.0.0.1:4610")

    assert answered == "http://127.0.0.1:4610/_aws/execute-api/32fb7294/$default"


def test_other_ports_are_another_deployment() -> None:
    """Addresses of the simulators are in the functions' environment, so a new port deploys anew."""
    before = digest(Ports())

    after = digest(replace(Ports(), netcore=9999))

    assert before == digest(Ports())
    assert after != before
