"""How many customers take e-mail: now, and what moved in 30 days."""

from collections import Counter
from datetime import timedelta
from typing import Final

from pydantic import BaseModel

from shopbridge.consents.counted import TOTAL
from shopbridge.entry.api.desk import AtDesk

BACK: Final = timedelta(days=30)


class Subscribers(BaseModel):
    """How many customers are in one state."""

    now: int
    change_30d: int
    """What the state gained less what it lost in 30 days, by the days that customers said so."""


class Subscriptions(BaseModel):
    """All customers whose e-mail consent is known, by its state."""

    subscribed: Subscribers
    not_subscribed: Subscribers
    unsubscribed: Subscribers


def subscriptions(desk: AtDesk) -> Subscriptions:
    """How many customers are subscribed, were never asked, or unsubscribed."""
    total, moved = Counter[str](), Counter[str]()
    for row in desk.ledger.consents(desk.store.name, f"{desk.now() - BACK:%Y-%m-%d}"):
        counts = total if row["row"] == TOTAL else moved
        counts.update({name: int(row[name]) for name in Subscriptions.model_fields if name in row})
    return Subscriptions(
        subscribed=_of("subscribed", total, moved),
        not_subscribed=_of("not_subscribed", total, moved),
        unsubscribed=_of("unsubscribed", total, moved),
    )


def _of(state: str, total: Counter[str], moved: Counter[str]) -> Subscribers:
    return Subscribers(now=total[state], change_30d=moved[state])
