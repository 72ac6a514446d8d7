"""
What may be posted to `/netcore/<store>/events`: Netcore's documented bodies, and one of ours.

Sources: https://cedocs.netcorecloud.com (form and journey webhooks),
https://emaildocs.netcorecloud.com (webhooks of the Email API).
"""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from shopbridge.commands import Channel

MOST_EVENTS = 1000
"""Events in one body; the Email API sends 100, and 1000 on request."""
MOST_TAGS = 50

Word = Annotated[str, Field(max_length=255)]


class Told(BaseModel):
    """Ignores what Netcore adds, and keeps values out of errors."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class FormWebhook(Told):
    """A form or a journey's *Send Webhook*: labels in it are whatever the marketer wrote."""

    custom_params: dict[str, Any] = {}
    attr_data: dict[str, Any] = {}
    """Attributes of the contact, where the journey sends them."""
    webhook_id: str | int | None = None
    msg_id: str | int | None = None
    userid: str | int | None = None
    """Netcore's own number of the contact: never the primary key."""
    channel: str | int | None = None

    @property
    def is_one(self) -> bool:
        """Whether anything in it is a form's."""
        return bool(self.custom_params or self.attr_data)


class EmailEvent(Told):
    """One event of Netcore's Email API."""

    email: Annotated[str, Field(alias="EMAIL", max_length=1000)]
    event: Annotated[str, Field(alias="EVENT", max_length=100)]
    timestamp: Annotated[int | float | str | None, Field(alias="TIMESTAMP")] = None
    """Seconds since 1970."""


class Own(BaseModel):
    """What every event of our own shape says: who, and when."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)

    customer_id: Annotated[str, Field(pattern=r"^[0-9]{1,19}$")] | None = None
    """Shopify's id of the customer."""
    email: Word | None = None
    phone: Word | None = None
    """With its country code."""
    at: Annotated[AwareDatetime, Field(strict=False)] | None = None
    """When it happened; when it came, where this is left out."""


class UnsubscribeEvent(Own):
    """Somebody unsubscribed."""

    type: Literal["unsubscribe"]
    channel: Channel = "email"


class ProfileEvent(Own):
    """A web message created or updated a profile."""

    type: Literal["profile"]
    first_name: Word = ""
    last_name: Word = ""
    tags: Annotated[tuple[Word, ...], Field(max_length=MOST_TAGS, strict=False)] = ()
    email_consent: bool = False
    """True where the person ticked a field for it; nothing else subscribes anybody."""
    sms_consent: bool = False


OwnEvent = Annotated[UnsubscribeEvent | ProfileEvent, Field(discriminator="type")]


class OwnEvents(BaseModel):
    """Several of them."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)

    events: Annotated[
        tuple[OwnEvent, ...], Field(min_length=1, max_length=MOST_EVENTS, strict=False)
    ]
