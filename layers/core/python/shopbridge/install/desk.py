"""What installing needs from outside, and what it is asked and answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from shopbridge.install.addresses import Addresses
from shopbridge.install.state import States
from shopbridge.shopify.grants import Grants
from shopbridge.shopify.scopes import Scopes
from shopbridge.shopify.secrets import ClientSecrets
from shopbridge.stores.installation import Registry


@dataclass(frozen=True)
class Desk:
    """All parts that an install goes through."""

    secrets: ClientSecrets
    states: States
    grants: Grants
    addresses: Addresses
    registry: Registry
    needed: Scopes
    """Scopes without which nothing is stored."""
    resume: Callable[[str], None]
    """Sends on what waits for this store's install or authorisation."""
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a browser."""

    query: str = ""
    cookies: Sequence[str] = ()
    authorization: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the browser is told."""

    status: HTTPStatus
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Sequence[str] = ()
    body: str = ""


def redirect(location: str, *cookies: str) -> Reply:
    """Send the browser on."""
    return Reply(HTTPStatus.FOUND, {"Location": location}, cookies)
