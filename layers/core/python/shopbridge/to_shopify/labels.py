"""What a form's or a journey's fields mean; a marketer chooses their labels."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, Final

from shopbridge.commands import Channel, Identity
from shopbridge.translate.identity import usable_email, usable_phone

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "customer_id": ("custid", "customerid", "shopifycustomerid"),
    "email": ("email", "emailid", "emailaddress", "mail"),
    "phone": ("mobile", "mobileno", "mobilenumber", "phone", "phoneno", "phonenumber"),
    "first_name": ("firstname", "fname", "givenname"),
    "last_name": ("lastname", "lname", "surname", "familyname"),
    "tags": ("tags", "tag"),
    "email_consent": ("emailconsent", "emailmarketingconsent", "newsletter", "acceptsmarketing"),
    "sms_consent": ("smsconsent", "smsmarketingconsent"),
    "date": ("date",),
    "time": ("time(ist)",),
}
"""Field to the labels that mean it, without case, spaces, underscores and hyphens."""

_YES: Final = frozenset({"yes", "y", "true", "1", "on", "agree", "accepted", "subscribed"})
_IST: Final = timezone(timedelta(hours=5, minutes=30))
_LONGEST: Final = 255
_CUSTOMER: Final = re.compile(r"[0-9]{1,19}", re.ASCII)
_SEPARATORS: Final = str.maketrans("", "", " _-")

Fields = Mapping[str, str]


def fields(*sources: Mapping[str, Any]) -> Fields:
    """Collect what is known by its label; where two sources have it, the first counts."""
    meanings = {label: name for name, labels in _NAMES.items() for label in labels}
    found: dict[str, str] = {}
    for label, value in _pairs(sources):
        name = meanings.get(label.translate(_SEPARATORS).lower())
        text = _text(value)
        if name and text and name not in found:
            found[name] = text
    return found


def person(known: Fields) -> Identity:
    """Say who it is about; what cannot be an id, an address or a number is left out."""
    id_ = known.get("customer_id", "")
    return Identity(
        customer_id=id_ if _CUSTOMER.fullmatch(id_) else None,
        email=usable_email(known.get("email")),
        phone=usable_phone(known.get("phone")),
    )


def tags(known: Fields) -> tuple[str, ...]:
    """Split tags at commas."""
    return tuple(filter(None, (part.strip() for part in known.get("tags", "").split(","))))


def subscribes(known: Fields) -> tuple[Channel, ...]:
    """List the channels that a field of its own says yes to."""
    channels: tuple[Channel, ...] = ("email", "sms")
    return tuple(c for c in channels if known.get(f"{c}_consent", "").lower() in _YES)


def submitted_at(known: Fields) -> datetime | None:
    """Read `Date` (DD-MM-YYYY) and `Time (IST)` (HH:MM:SS) as Netcore adds them; both or none."""
    text = f"{known.get('date', '')} {known.get('time', '')}"
    try:
        return datetime.strptime(text, "%d-%m-%Y %H:%M:%S").replace(tzinfo=_IST)
    except ValueError:
        return None


def _pairs(sources: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, Any]]:
    return ((str(label), value) for source in sources for label, value in source.items())


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, list):
        return ",".join(map(_text, value))[:_LONGEST]
    return str(value).strip()[:_LONGEST] if isinstance(value, str | int | float) else ""
