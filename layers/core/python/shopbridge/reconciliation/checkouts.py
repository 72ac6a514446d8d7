"""Compares abandoned checkouts with those that are waited for, or were told."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from shopbridge import times
from shopbridge.abandonment.around import Around, Standing
from shopbridge.commands import CloseCheckout, Command, Identity
from shopbridge.receipts.effects import effect_of
from shopbridge.reconciliation.activities import Judged, item, judged
from shopbridge.reconciliation.desk import Desk
from shopbridge.reconciliation.known import Waiting
from shopbridge.reconciliation.left import (
    UNNAMED,
    Known,
    Means,
    Verdict,
    is_lost,
    means,
    verdict,
)
from shopbridge.reconciliation.seen import Seen, State
from shopbridge.shopify.payloads.base import plain_id
from shopbridge.translate.checkout_nodes import checkout_of, names_of

Node = Mapping[str, Any]


class Left(NamedTuple):
    """A checkout of Shopify's: what it means, and how it stands with it here."""

    id: str
    """Shopify's, of an abandoned checkout; no webhook has it."""
    node: Node
    means: Means
    standing: Standing | None
    cart: Around
    is_named: bool
    """Whether its token is known, by which webhooks and orders call it."""


def checkouts(
    desk: Desk, nodes: Sequence[Node], read_at: datetime, waits: Waiting
) -> Iterator[Seen]:
    """
    Say which checkouts are missing, and which have an older state.

    What can no longer be told is counted under names of its own: an abandonment that is too
    old, and a beginning whose token is not known, since it might be told a second time.
    """
    left = list(_left(desk, nodes))
    begun = [one.means.started for one in left if one.means.started and one.is_named]
    began = {one.activity.resource: one for one in judged(desk, begun, read_at, waits)}
    for one, said in zip(left, _verdicts(desk, left, read_at), strict=True):
        started = began.get(one.means.started.resource) if one.means.started else None
        at = times.parse(one.node["updatedAt"])
        yield _seen(one, said, started, at)
        if said.state == "unrecoverable":
            yield Seen(f"abandonment#{one.id}", said.state, at, why=said.why)
        if not one.is_named and is_lost(one.means, one.standing, desk.store.profile):
            yield Seen(f"started#{one.id}", "unrecoverable", at, why=UNNAMED)


def _seen(one: Left, said: Verdict, started: Judged | None, at: datetime) -> Seen:
    state: State = "same" if said.state == "unrecoverable" else said.state
    repair: dict[int, Command] = {}
    if state in ("missing", "stale") and (command := _mends(one)):
        repair[0] = command
    if started and started.state == "missing":
        repair[1], state = started.activity, "missing"
    return Seen(one.id, state, at, repair)


def _mends(one: Left) -> Command | None:
    """A completed one is closed under the name by which it is waited for."""
    if one.means.close and one.standing:
        return CloseCheckout(token=one.standing.token, at=one.means.close.at)
    return one.means.watch


def _left(desk: Desk, nodes: Sequence[Node]) -> Iterator[Left]:
    """Find each by its token, by its cart, or by the name that an earlier run gave it."""
    names = [names_of(node) for node in nodes]
    carts = [desk.watched.around(one.cart_token) for one in names]
    called = [
        {plain_id(node["id"]), *cart.tokens, *filter(None, [one.token])}
        for node, one, cart in zip(nodes, names, carts, strict=True)
    ]
    standings = desk.watched.standing({token for some in called for token in some})
    for node, one, cart, tokens in zip(nodes, names, carts, called, strict=True):
        id_ = plain_id(node["id"])
        found = [standings[token] for token in sorted(tokens) if token in standings]
        token = one.token or next((each.token for each in found if each.token != id_), None)
        checkout = checkout_of(node, token)
        meant = means(checkout, desk.store.profile, is_named=token is not None)
        yield Left(id_, node, meant, _latest(found), cart, token is not None)


def _latest(found: Sequence[Standing]) -> Standing | None:
    """What is over counts first, then what was changed last."""
    return max(found, key=lambda one: (one.ended != "", one.at is not None, one.at), default=None)


def _verdicts(desk: Desk, left: Sequence[Left], now: datetime) -> Iterator[Verdict]:
    store = desk.store
    delay = timedelta(minutes=store.settings.abandonment.delay_minutes)
    told, gone = _told(desk, left), _gone(desk, left, now)
    for one in left:
        is_told = bool(one.cart.told) or one.id in told
        known = Known(one.standing, is_told, _is_ordered(desk, one))
        said = verdict(one.means, known, store.profile, delay, now)
        is_wanted = said.state in ("missing", "stale", "unrecoverable") and not one.means.close
        yield Verdict("erased") if is_wanted and one.id in gone else said


def _told(desk: Desk, left: Sequence[Left]) -> set[str]:
    """List those of whose abandonment there is a receipt."""
    asset = desk.store.settings.netcore.website_id
    effects = {
        one.id: effect_of(one.means.watch.activity, asset) for one in left if one.means.watch
    }
    accepted = desk.receipts.accepted(effects.values())
    return {id_ for id_, effect in effects.items() if effect in accepted}


def _gone(desk: Desk, left: Sequence[Left], now: datetime) -> set[str]:
    """List those whose buyer was to be forgotten."""
    items = {one.id: item(desk, one.means.watch, now) for one in left if one.means.watch}
    stopped = desk.erased.stopped([*items.values()], desk.store.settings.country)
    return {id_ for id_, stop in zip(items, stopped, strict=True) if stop}


def _is_ordered(desk: Desk, one: Left) -> bool:
    """Look at the buyer's orders only where it makes a difference."""
    watch = one.means.watch
    if watch is None or watch.at is None or (one.standing and one.standing.ended):
        return False
    buyer: Identity = watch.activity.identity
    return one.cart.is_ordered(watch.at) or desk.watched.around(None, buyer).is_ordered(watch.at)
