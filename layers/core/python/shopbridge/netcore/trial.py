"""Tries out a store's connection to Netcore without leaving anything there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from shopbridge.errors import NetcoreKeyRefused, NetcoreRejected, NetcoreUnavailable
from shopbridge.netcore.client import NetcoreClient
from shopbridge.stores.settings import Settings

Api = Literal["activities", "contacts"]
Code = Literal["ok", "key_refused", "unavailable", "not_ready"]

WORDS: dict[Code, str] = {
    "ok": "Netcore knows the key.",
    "key_refused": "Netcore does not know this key.",
    "unavailable": "Netcore does not answer now: try later.",
    "not_ready": "List id or notify e-mail is missing.",
}


@dataclass(frozen=True, slots=True)
class Tried:
    """What one of Netcore's APIs said to the key."""

    api: Api
    code: Code

    @property
    def ok(self) -> bool:
        """Whether it took the key."""
        return self.code == "ok"

    @property
    def message(self) -> str:
        """The same in words for people."""
        return WORDS[self.code]


def trial(netcore: NetcoreClient, settings: Settings) -> tuple[Tried, ...]:
    """
    Ask for nothing: an empty upload of activities, and an empty batch of contacts.

    Neither names a contact, so nothing can be created or changed. Netcore looks at the
    key first: that it refuses the emptiness itself says that the key is good.
    """
    chosen = settings.netcore
    list_id, notify_email = chosen.list_id, chosen.notify_email
    tried = [Tried("activities", _code(lambda: netcore.upload_activities([])))]
    if list_id is None or notify_email is None:
        return (*tried, Tried("contacts", "not_ready"))
    said = _code(
        lambda: netcore.add_contacts(
            [], primary_key=settings.primary_key, list_id=list_id, notify_email=notify_email
        )
    )
    return (*tried, Tried("contacts", said))


def _code(call: Callable[[], None]) -> Code:
    try:
        call()
    except NetcoreKeyRefused:
        return "key_refused"
    except NetcoreUnavailable:
        return "unavailable"
    except NetcoreRejected:
        return "ok"  # it knows the key, and wants something to do
    return "ok"
