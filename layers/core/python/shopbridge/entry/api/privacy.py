"""Data requests of customers: which there are, and a link to what answers one."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel, ConfigDict, Field

from shopbridge.entry.api.caller import nothing_here
from shopbridge.entry.api.desk import AtDesk
from shopbridge.entry.api.problems import Problem
from shopbridge.privacy.requests import LINK_SECONDS, DataRequest, State


class Asked(BaseModel):
    """A customer asked the merchant what is held of them; nothing here says who."""

    id: str
    """Shopify's id of the request."""
    asked_at: datetime
    """Shopify gives 30 days from here to answer."""
    state: State
    reason: str
    """Why it is parked or failed."""
    expires: datetime | None
    """When what answers it is deleted."""


class Requests(BaseModel):
    """Requests of the last 90 days, newest first."""

    requests: list[Asked]


class Wanted(BaseModel):
    """Which request's answer is wanted."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: Annotated[str, Field(min_length=1, max_length=64, pattern="^[0-9]+$")]


class Link(BaseModel):
    """Where to fetch it; whoever has the URL, has the data."""

    url: str
    expires: datetime


def requests(desk: AtDesk) -> Requests:
    """List customers' data requests, without whom they are about."""
    return Requests(requests=[_told(one) for one in desk.data_requests.list(desk.now())])


def link(desk: AtDesk, wanted: Annotated[Wanted, Body()]) -> Link:
    """Give out a URL that the bundle of one request can be fetched from, for 15 minutes."""
    now = desk.now()
    found = desk.data_requests.find(wanted.id, now)
    if found is None:
        raise nothing_here()
    if found.state == "expired":
        raise Problem(HTTPStatus.GONE, "gone", "It is kept for 14 days, and these are over.", "id")
    if found.state != "ready":
        raise Problem(HTTPStatus.CONFLICT, "not_ready", "It is not put together yet.", "id")
    url = desk.data_requests.link(found)
    return Link(url=url, expires=now + timedelta(seconds=LINK_SECONDS))


def _told(one: DataRequest) -> Asked:
    return Asked.model_validate(
        {
            "id": one.id,
            "asked_at": one.asked_at,
            "state": one.state,
            "reason": one.reason,
            "expires": one.expires,
        }
    )
