"""What became of an order or event, and delivering it once more."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from itertools import islice
from typing import Annotated, Final

from aws_lambda_powertools.event_handler.openapi.params import Body, Query
from pydantic import BaseModel, ConfigDict, Field

from shopbridge.archive.reader import Wanted
from shopbridge.entry.api.caller import nothing_here
from shopbridge.entry.api.desk import AtDesk, Desk
from shopbridge.entry.api.problems import Problem, bad_request
from shopbridge.ledger.history import History
from shopbridge.ledger.rows import delivery_key
from shopbridge.ledger.trace import Hop, find, find_all, hops
from shopbridge.ledger.verdict import verdict
from shopbridge.parked.listing import Open
from shopbridge.shopify.buying import EMAIL, of_email
from shopbridge.translate.identity import LONGEST_EMAIL

MOST: Final = 50
"""Deliveries that one search shows, the newest."""

Id = Annotated[str, Field(min_length=3, max_length=300, pattern="^[!-~]+$")]


class Step(BaseModel):
    """One step of a delivery; without a time where it has not happened yet."""

    at: datetime | None
    place: str
    what: str
    detail: str


class Delivery(BaseModel):
    """What became of one delivery."""

    id: str
    event_id: str
    topic: str
    title: str
    outcome: str
    verdict: str
    steps: list[Step]


class Found(BaseModel):
    """What is known of something, oldest first."""

    deliveries: list[Delivery]
    more: bool


class OfEmail(BaseModel):
    """Whose activity is looked for."""

    model_config = ConfigDict(extra="forbid", strict=True)

    email: Annotated[str, Field(min_length=3, max_length=LONGEST_EMAIL, pattern=EMAIL)]


class Again(BaseModel):
    """Which delivery to deliver once more."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: Id


class Delivered(BaseModel):
    """What its delivery ended with this time."""

    id: str
    outcome: str


def search(
    desk: AtDesk,
    q: Annotated[
        str,
        Query(
            min_length=1,
            max_length=100,
            json_schema_extra={"pattern": "^[^@]+$"},
            description="Order name (#1001), an id of Shopify's, customer#7001, or an event id.",
        ),
    ],
) -> Found:
    """Time lines of an order, customer, product or event; an address never stands in a URL."""
    if "@" in q:
        raise bad_request("not_searchable", "An e-mail goes to /activity/by-email.", "q")
    return _found(find(desk.ledger, desk.store.name, q))


def search_by_email(desk: AtDesk, of: Annotated[OfEmail, Body()]) -> Found:
    """Time lines of a customer and their newest orders: Shopify says which, nothing keeps it."""
    with desk.shopify() as shopify:
        names = of_email(shopify, of.email)
    return _found(find_all(desk.ledger, desk.store.name, names))


def send_again(desk: AtDesk, again: Annotated[Again, Body()]) -> Delivered:
    """Deliver one delivery once more; what was accepted outside is not sent twice."""
    desk.require_installed()
    event_id, _, row = again.id.partition("#")
    found = desk.ledger.row(f"{desk.store.name}#{event_id}", row) if row else None
    if found is None or "topic" not in found:
        raise nothing_here()
    if "open" in found:
        return _resumed(desk, Open(found))
    if "kind" in found:
        raise Problem(HTTPStatus.CONFLICT, "ended", "It has ended; send its delivery again.", "id")
    return _replayed(desk, again.id, next(h for h in desk.ledger.event(desk.store.name, event_id)
                                          if h.delivery["row"] == row))  # fmt: skip


def _resumed(desk: Desk, waiting: Open) -> Delivered:
    done = desk.resume().one(waiting)
    if done.problem:
        raise Problem(HTTPStatus.CONFLICT, "not_sent", "It cannot be sent now.", "id")
    return Delivered(id=done.id, outcome=done.outcome)


def _replayed(desk: Desk, id_: str, history: History) -> Delivered:
    received_at = history.time("received_at")
    if received_at is None:
        raise nothing_here()
    wanted = Wanted(
        since=received_at, until=received_at, event_id=history.event_id, topic=history.topic
    )
    replay = desk.replay()
    same = (m for m in replay.select(wanted) if delivery_key(m.head).row == history.delivery["row"])
    for message in islice(same, 1):
        done = replay.send(message)
        if done.problem:
            raise Problem(HTTPStatus.CONFLICT, "not_sent", "It cannot be sent now.", "id")
        return Delivered(id=id_, outcome=done.outcome)
    raise Problem(HTTPStatus.GONE, "gone", "It is kept for 14 days, and these are over.", "id")


def _found(found: Sequence[History]) -> Found:
    return Found(deliveries=[_told(one) for one in found[-MOST:]], more=len(found) > MOST)


def _told(one: History) -> Delivery:
    return Delivery(
        id=f"{one.event_id}#{one.delivery['row']}",
        event_id=one.event_id,
        topic=one.topic,
        title=str(one.delivery.get("title", "")),
        outcome=one.outcome,
        verdict=verdict(one),
        steps=[_step(hop) for hop in hops(one)],
    )


def _step(hop: Hop) -> Step:
    return Step(at=hop.at, place=hop.place, what=hop.what, detail=hop.detail)
