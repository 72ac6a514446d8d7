"""
What Netcore tells others: somebody unsubscribed, or filled in a form of a web message.

Bodies as Netcore documents them: its Email API's events, and the webhook of a form.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta, timezone
from http import HTTPStatus
from typing import Annotated, Any, Literal

import httpx
from pydantic import BaseModel, ConfigDict, Field

TRIES = 3
"""How often a receiver is tried that does not take a body; Netcore does not say how often."""
TIMEOUT_SECONDS = 10

IST = timezone(timedelta(hours=5, minutes=30))

Post = Callable[[str, Any, Mapping[str, str]], Awaitable[int]]
"""Posts JSON to a URL with headers; returns the answer's status, 0 for none."""


class Target(BaseModel):
    """Where the panel's owner wants to be told."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    headers: dict[str, str] = {}


class Unsubscribed(BaseModel):
    """Somebody clicked on the link in a mail."""

    model_config = ConfigDict(extra="forbid")

    email: str
    at: datetime | None = None
    shape: Literal["email_api", "form"] = "email_api"
    times: Annotated[int, Field(ge=1, le=20)] = 1
    """How often it is told, whatever is answered."""


class WebMessage(BaseModel):
    """Somebody sent a form, with these labels and values."""

    model_config = ConfigDict(extra="forbid")

    fields: dict[str, str]
    at: datetime | None = None


class Callbacks:
    """Posts to one target at a time; keeps what was posted, and how it was answered."""

    def __init__(self, clock: Callable[[], datetime], post: Post) -> None:
        self._clock = clock
        self._post = post
        self.target: Target | None = None
        self.made: list[dict[str, Any]] = []

    async def unsubscribed(self, one: Unsubscribed) -> list[int]:
        """Tell of an unsubscribe; return the statuses of the answers."""
        at = one.at or self._clock()
        if one.shape == "email_api":
            body: Any = [_email_event(one.email, at)]
        else:
            body = _form({"Email": one.email}, at)
        return [await self._tell(body) for _ in range(one.times)]

    async def web_message(self, one: WebMessage) -> list[int]:
        """Tell of a form; return the status of the answer."""
        return [await self._tell(_form(one.fields, one.at or self._clock()))]

    async def _tell(self, body: Any) -> int:
        if self.target is None:
            return 0
        status = 0
        for _ in range(TRIES):
            status = await self._post(self.target.url, body, self.target.headers)
            if HTTPStatus.OK <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
                break
        self.made.append({"body": body, "status": status})
        return status


async def post(url: str, body: Any, headers: Mapping[str, str]) -> int:
    """Post over the network."""
    async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, trust_env=False) as http:
        try:
            return (await http.post(url, json=body, headers=dict(headers))).status_code
        except httpx.TransportError:
            return 0


def _email_event(email: str, at: datetime) -> dict[str, Any]:
    return {
        "TRANSID": int(at.timestamp() * 1000),
        "EMAIL": email,
        "EVENT": "unsubscribed",
        "RESPONSE": "",
        "X-APIHEADER": "",
        "TIMESTAMP": int(at.timestamp()),
        "FROMADDRESS": "shop@example.com",
        "MSIZE": 2048,
        "TAGS": "",
        "USERAGENT": "",
        "IPADDRESS": "192.0.2.1",
    }


def _form(fields: Mapping[str, str], at: datetime) -> dict[str, Any]:
    local = at.astimezone(IST)
    return {
        "webhook_id": "117",
        "msg_id": "8",
        "bc": "1",
        "clientid": "4612",
        "userid": "998877",
        "channel": "2",
        "custom_params": {
            **fields,
            "Date": f"{local:%d-%m-%Y}",
            "Submitted by": fields.get("Email", ""),
            "Time (IST)": f"{local:%H:%M:%S}",
        },
        "autoid": "j-1",
    }
