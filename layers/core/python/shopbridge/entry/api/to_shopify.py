"""What Netcore calls: its address, and the secret that it shows, which is told once."""

from datetime import datetime
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel, ConfigDict

from shopbridge.entry.api.desk import AtDesk, Desk
from shopbridge.to_shopify.posted import inbound_url
from shopbridge.to_shopify.secrets import Entry


class SecretState(BaseModel):
    """A secret that is valid now; nobody reads it back."""

    made_at: datetime
    until: datetime | None
    """When it stops to open; null for the newest."""


class Inbound(BaseModel):
    """Where Netcore posts unsubscribes and profiles."""

    url: str
    """With a secret in the header `X-Shopbridge-Secret`."""
    secrets: list[SecretState]


class NewSecret(BaseModel):
    """A secret, this once."""

    secret: str
    url: str
    unsubscribes_url: str
    """For a journey or form whose every call is an unsubscribe; the secret is in it."""
    profiles_url: str
    """For a form of a web message; the secret is in it."""
    older_until: datetime | None
    """How long the one before still opens."""


class Wanted(BaseModel):
    """What becomes of the secret before."""

    model_config = ConfigDict(extra="forbid", strict=True)

    forget_older: bool = False
    """True where it got into wrong hands: calls with it are refused at once."""


def inbound(desk: AtDesk) -> Inbound:
    """Say where Netcore posts to, and since when which secrets are valid."""
    return Inbound(url=_url(desk), secrets=[_state(one) for one in desk.inbound.valid()])


def new_secret(desk: AtDesk, wanted: Annotated[Wanted, Body()]) -> NewSecret:
    """Make a new secret for Netcore's calls; the one before stays valid for seven days."""
    desk.require_installed()
    secret = desk.inbound.rotate(forget_older=wanted.forget_older)
    older = [one.until for one in desk.inbound.valid() if one.until]
    base = f"{_url(desk)}/{secret}"
    return NewSecret(
        secret=secret,
        url=_url(desk),
        unsubscribes_url=f"{base}?as=unsubscribes",
        profiles_url=f"{base}?as=profiles",
        older_until=older[0] if older else None,
    )


def _url(desk: Desk) -> str:
    return inbound_url(desk.site, desk.store.name)


def _state(entry: Entry) -> SecretState:
    return SecretState(made_at=entry.made_at, until=entry.until)
