"""Why somebody is or is not subscribed: the words in their row, in words for people. Pure."""

from dataclasses import dataclass
from typing import Final

from shopbridge.commands import Channel
from shopbridge.contacts.row import Row

HOW: Final = {
    "webhook": "in Shopify: by the customer, the merchant or another app",
    "read": "found in Shopify when we read the customer",
    "event": "posted by Netcore or somebody with its secret",
    "form": "a form or journey of Netcore's",
    "email_api": "the unsubscribe link in a mail of Netcore's Email API",
    "page": "our page, by the link in a mail",
    "one_click": "the mail program's own unsubscribe button",
}
"""Where a word can come from."""


@dataclass(frozen=True, slots=True)
class Word:
    """A yes or no that stood when we heard it."""

    channel: Channel
    state: str
    at: str
    """When it was said, not when we heard it."""
    source: str

    @property
    def how(self) -> str:
        """Say where it was said."""
        return HOW.get(self.source, self.source)


def words(row: Row, channel: Channel) -> list[Word]:
    """List what a contact said about `channel`, oldest first."""
    return [Word(channel, one.said.state, one.said.at, one.source) for one in row.history(channel)]


def verdict(row: Row, channel: Channel) -> str:
    """Say in a line how a contact stands, since when, why, and whether Netcore has it."""
    said = words(row, channel)
    if not said:
        return f"{channel}: nothing known"
    last = said[-1]
    has = "Netcore has it" if row.is_settled(channel) else "Netcore does not have it yet"
    blocked = "; blacklisted there" if channel == "email" and row.is_blacklisted else ""
    return f"{channel}: {last.state} since {last.at}, {last.how}; {has}{blocked}"
