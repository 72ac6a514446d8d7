"""
Which subscriptions a store should have and which it has. Pure.

All topics are subscribed by the app itself (`shopify.app.toml`), so a subscription of one
store's own is one too many, and a topic of which Shopify's data says that it fired, and of
which nothing came, is missing. For that one a stand-in is made, named as such; it goes again
as soon as everything of its topic arrives twice.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from shopbridge.reconciliation.finding import Check, bad
from shopbridge.reconciliation.heard import Arrivals, Heard
from shopbridge.shopify.subscriptions import Subscription, spelt

STAND_IN: Final = "shopbridge-stand-in"
"""Name of a subscription that reconciliation made."""
BACK: Final = timedelta(days=7)
"""How far back arrivals are looked at; whatever is in use arrives in a week."""
FEW: Final = 3
"""Fewer than so many of a topic prove nothing."""
TWICE: Final = 1.5
"""Arrivals for each delivery from which on everything comes twice; a retry is rare."""

WHY_TWICE = "Its deliveries arrive twice: recognised, but paid for and counted."
WHY_MISSING = "What happens meanwhile is found a day late, and steps in between never."
WHY_ALONE = "The app's own hold for every store and survive failures; this one does not."
DEPLOY = "make toml && shopify app deploy"
WHY_FOREIGN = "Somebody else receives this store's data under this app's name."


class Fired(NamedTuple):
    """How often Shopify's data says that a topic fired, within a window."""

    times: int
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the app subscribes to, and where it listens."""

    topics: Collection[str]
    address: str
    """Of the API; a topic's own is `<address>/webhooks/<topic>`."""
    bus: str = ""
    """Name of the partner event bus, where there is one."""

    def uri(self, topic: str) -> str:
        """Where deliveries of `topic` are expected."""
        return f"{self.address}/webhooks/{topic}"

    def is_ours(self, uri: str) -> bool:
        """Whether what is sent to `uri` reaches this deployment."""
        is_on_bus = bool(self.bus) and uri.startswith("arn:") and uri.endswith(self.bus)
        return is_on_bus or uri.startswith(f"{self.address}/")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said about one subscription, and what is to be done about it."""

    check: Check
    delete: Subscription | None = None
    create: str = ""
    """Topic that is to have a stand-in."""


def compare(
    wanted: Wanted,
    found: Sequence[Subscription],
    heard: Heard,
    fired: Mapping[str, Fired],
    now: datetime,
) -> list[Finding]:
    """Compare what is wanted with what a store has and with what arrived."""
    names = {spelt(topic): topic for topic in wanted.topics}
    own = {names[one.topic] for one in found if one.topic in names}
    speaks = any(heard.since(topic, now - BACK).deliveries for topic in {*wanted.topics} - own)
    said = []
    for one in found:
        topic = names.get(one.topic)
        if not wanted.is_ours(one.uri):
            said.append(Finding(_foreign(one, topic or one.topic)))
        elif topic is None or _is_extra(one, topic, heard, speaks=speaks):
            said.append(Finding(_twice(topic or one.topic), delete=one))
        else:
            said.append(Finding(_alone(one, topic)))
    return [*said, *_silent(fired, heard, own)]


def _is_extra(one: Subscription, topic: str, heard: Heard, *, speaks: bool) -> bool:
    """
    Whether the app's own subscription serves the topic as well.

    Of a stand-in only its topic's own arrivals prove it. Of any other it is enough that the
    app's subscriptions reach us at all: they are deployed together.
    """
    whole = one.created_at + timedelta(hours=1)
    return (speaks and one.name != STAND_IN) or _is_twice(heard.since(topic, whole))


def _is_twice(heard: Arrivals) -> bool:
    return heard.deliveries >= FEW and heard.arrivals >= TWICE * heard.deliveries


def _silent(fired: Mapping[str, Fired], heard: Heard, own: Collection[str]) -> Iterator[Finding]:
    for topic, one in sorted(fired.items()):
        came = heard.since(topic, one.since, one.until).deliveries
        if one.times >= FEW and topic not in own and not came:
            yield Finding(_missing(topic, one), create=topic)


def _twice(topic: str) -> Check:
    found = "by the app, and by this store once more"
    return bad("store", _name(topic), found, why=WHY_TWICE, mend="shopbridge reconcile")


def _alone(one: Subscription, topic: str) -> Check:
    is_stand_in = one.name == STAND_IN
    found = "a stand-in of this store" if is_stand_in else "of this store; of the app's none came"
    return bad("store", _name(topic), found, why=WHY_ALONE, mend=DEPLOY)


def _foreign(one: Subscription, topic: str) -> Check:
    mend = f"delete {one.id}, unless another deployment of yours made it"
    return bad("store", _name(topic), f"goes to {_host(one.uri)}", why=WHY_FOREIGN, mend=mend)


def _missing(topic: str, fired: Fired) -> Check:
    found = f"silent, though it fired at least {fired.times} times"
    return bad("store", _name(topic), found, why=WHY_MISSING, mend=DEPLOY)


def _name(topic: str) -> str:
    return f"subscription {topic}"


def _host(uri: str) -> str:
    """Name the host alone: a path may hold somebody's key."""
    return uri if uri.startswith("arn:") else "/".join(uri.split("/", 3)[:3])
