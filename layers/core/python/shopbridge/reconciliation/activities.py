"""Whether activities that Shopify's data tells of were recorded: their receipts say so."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from shopbridge import times
from shopbridge.commands import RecordActivity, WatchCheckout, kind
from shopbridge.message import Head
from shopbridge.moments import dated, happened_at
from shopbridge.netcore.identity import on_the_wire
from shopbridge.receipts.effects import effect_of
from shopbridge.reconciliation.desk import Desk
from shopbridge.reconciliation.known import Waiting
from shopbridge.reconciliation.seen import State
from shopbridge.switches import is_off
from shopbridge.work import Item

Dated = TypeVar("Dated", RecordActivity, WatchCheckout)


class Judged(NamedTuple):
    """One activity and what became of it; `same` where Netcore has it."""

    activity: RecordActivity
    state: State


def judged(
    desk: Desk, told: Iterable[RecordActivity], read_at: datetime, waits: Waiting
) -> list[Judged]:
    """Judge dated activities of this install, all with one look at receipts and the erased."""
    every = [dated(one, read_at, read_at) for one in told]
    mine = [one for one in every if isinstance(one, RecordActivity) and _is_ours(desk, one)]
    asset = desk.store.settings.netcore.website_id
    effects = [effect_of(one, asset) for one in mine]
    accepted = desk.receipts.accepted(effects)
    items = [item(desk, one, read_at) for one in mine]
    stopped = desk.erased.stopped(items, desk.store.settings.country)
    return [
        Judged(
            one,
            "same"
            if effect in accepted
            else _unsent(desk, one, read_at)
            or ("erased" if stop else "parked" if (kind(one), effect) in waits else "missing"),
        )
        for one, effect, stop in zip(mine, effects, stopped, strict=True)
    ]


def worst(states: Sequence[State]) -> State:
    """Return the state of something by those of its activities."""
    order: tuple[State, ...] = ("missing", "stale", "parked", "erased", "disabled", "unidentified")
    return next((state for state in order if state in states), "same")


def _is_ours(desk: Desk, one: RecordActivity) -> bool:
    """What happened before the install is history's."""
    return one.occurred_at is None or one.occurred_at >= times.second(desk.store.installed_at)


def _unsent(desk: Desk, one: RecordActivity, read_at: datetime) -> State | None:
    if is_off(one, read_at, desk.store.profile):
        return "disabled"
    return None if on_the_wire(one.identity, desk.store) else "unidentified"


def item(desk: Desk, one: Dated, read_at: datetime) -> Item[Dated]:
    """Wrap a command as a worker sees it; triggered when it happened, not now."""
    at = happened_at(one, read_at)
    head = Head(
        store=desk.store.name,
        topic="reconciliation",
        event_id="",
        digest="",
        triggered_at=at,
        received_at=at,
    )
    return Item(head, 0, one, "", 1)
