"""From a posted body to commands; pure. Which shape it has is seen by what is in it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal

from pydantic import TypeAdapter, ValidationError

from shopbridge import reasons
from shopbridge.commands import Channel, FillCustomer, ForShopify, Identity, Unsubscribe
from shopbridge.errors import InvalidPayload
from shopbridge.shopify.reading import cleaned
from shopbridge.to_shopify import labels
from shopbridge.to_shopify.shapes import (
    EmailEvent,
    FormWebhook,
    OwnEvent,
    OwnEvents,
    ProfileEvent,
    UnsubscribeEvent,
)
from shopbridge.translate.identity import usable_email, usable_phone

Meaning = Literal["events", "unsubscribes", "sms-unsubscribes", "profiles"]
"""What the address says that a form's body is about; `events` takes it for a profile."""

EARLIEST: Final = datetime(2006, 1, 1, tzinfo=UTC)
"""Before Shopify there was nothing to unsubscribe from: an older time is none."""
_MILLISECONDS: Final = 10**11
"""Seconds of a time stamp beyond which it must be milliseconds."""

_SAYS_NO: Final[Mapping[str, Channel]] = {"unsubscribes": "email", "sms-unsubscribes": "sms"}

_OWN = TypeAdapter[UnsubscribeEvent | ProfileEvent](OwnEvent)
_EMAILS = TypeAdapter(tuple[EmailEvent, ...])


class InvalidEvent(InvalidPayload):
    """A body of our own shape with a mistake in it; says where, never what."""

    def __init__(self, problems: Iterable[str]) -> None:
        super().__init__("; ".join(problems))


class NotJson(InvalidPayload):
    """Not JSON at all."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a body says."""

    commands: tuple[ForShopify, ...]
    is_dated: bool = False
    """Whether all of it has times of its own: then the same bytes are the same event."""


def read(body: bytes, meaning: Meaning) -> Reading:
    """
    Read a body of any shape that is documented; `meaning` says what a form's is about.

    Raises:
        NotJson: it is no JSON.
        InvalidEvent: it is of our own shape, with a mistake.
        InvalidPayload: it is of no shape that we know.
    """
    try:
        told = cleaned(json.loads(body))
    except (ValueError, RecursionError) as exc:
        raise NotJson("not JSON") from exc
    match told:
        case {"events": _} | {"type": str()}:
            return _own(told, meaning)
        case list():
            return _emails(told)
        case {"custom_params": _} | {"attr_data": _}:
            return _form(told, meaning)
        case {"EVENT": str()}:
            return _emails([told])
    raise InvalidPayload(reasons.UNKNOWN_SHAPE)


def _own(told: Mapping[str, Any], meaning: Meaning) -> Reading:
    try:
        several = "events" in told
        events = OwnEvents.model_validate(told).events if several else (_one_of(told),)
    except ValidationError as exc:
        raise InvalidEvent(_problems(exc)) from exc
    if meaning in _SAYS_NO and any(isinstance(one, ProfileEvent) for one in events):
        raise InvalidEvent(["type: only unsubscribes come in here"])
    commands = tuple(map(_of_event, events))
    nobody = [str(number) for number, one in enumerate(commands) if not one.person]
    if nobody:
        raise InvalidEvent([f"{', '.join(nobody)}: one of customer_id, email, phone is needed"])
    return Reading(commands, all(one.at for one in events))


def _one_of(told: Mapping[str, Any]) -> UnsubscribeEvent | ProfileEvent:
    return _OWN.validate_python(told)


def _of_event(event: UnsubscribeEvent | ProfileEvent) -> ForShopify:
    email, phone = usable_email(event.email), usable_phone(event.phone)
    who = Identity(event.customer_id, email=email, phone=phone)
    if isinstance(event, UnsubscribeEvent):
        return Unsubscribe(who, event.channel, _possible(event.at), "event")
    said: dict[Channel, bool] = {"email": event.email_consent, "sms": event.sms_consent}
    return FillCustomer(
        who,
        event.first_name.strip(),
        event.last_name.strip(),
        event.tags,
        tuple(channel for channel, yes in said.items() if yes),
        _possible(event.at),
        "event",
    )


def _emails(told: list[Any]) -> Reading:
    try:
        events = _EMAILS.validate_python(told)
    except ValidationError as exc:
        raise InvalidPayload(reasons.UNKNOWN_SHAPE) from exc
    commands = tuple(_unsubscribed(events))
    return Reading(commands, all(command.at for command in commands))


def _unsubscribed(events: Iterable[EmailEvent]) -> Iterator[Unsubscribe]:
    """Yield who unsubscribed; opens, clicks and bounces are nothing to Shopify."""
    for event in events:
        if event.event.lower() == "unsubscribed":
            who = Identity(email=usable_email(event.email))
            yield Unsubscribe(who, "email", _at(event.timestamp), "email_api")


def _form(told: Mapping[str, Any], meaning: Meaning) -> Reading:
    try:
        form = FormWebhook.model_validate(told)
    except ValidationError as exc:
        raise InvalidPayload(reasons.UNKNOWN_SHAPE) from exc
    known = labels.fields(form.custom_params, form.attr_data)
    who, at = labels.person(known), _possible(labels.submitted_at(known))
    if not form.is_one:
        raise InvalidPayload(reasons.UNKNOWN_SHAPE)
    if meaning in _SAYS_NO:
        return Reading((Unsubscribe(who, _SAYS_NO[meaning], at, "form"),), at is not None)
    names = known.get("first_name", ""), known.get("last_name", "")
    filled = FillCustomer(who, *names, labels.tags(known), labels.subscribes(known), at, "form")
    return Reading((filled,), at is not None)


def _at(stamp: float | str | None) -> datetime | None:
    try:
        seconds = float(stamp or 0)
        seconds = seconds / 1000 if seconds > _MILLISECONDS else seconds
        return _possible(datetime.fromtimestamp(seconds, UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _possible(at: datetime | None) -> datetime | None:
    return at if at and at >= EARLIEST else None


def _problems(exc: ValidationError) -> Iterator[str]:
    """Name each wrong place and what is wrong with it; pydantic's words may quote the value."""
    for error in exc.errors(include_input=False, include_context=False, include_url=False):
        place = ".".join(part for part in map(str, error["loc"]) if part.replace("_", "").isalnum())
        yield f"{place[:100] or 'body'}: {error['type']}"
