"""What waits for somebody."""

from datetime import datetime
from itertools import islice
from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import BaseModel

from shopbridge.entry.api.desk import AtDesk
from shopbridge.ledger.reader import Ledger
from shopbridge.parked.listing import Open

State = Literal["parked", "failed"]


class Waiting(BaseModel):
    """A delivery or command that needs somebody."""

    id: str
    """What `send-again` takes."""
    topic: str
    what: str
    state: State
    reason: str
    since: datetime


class Page(BaseModel):
    """Some of what waits: failed before parked, oldest first."""

    parked: list[Waiting]
    cursor: str | None = None


def waiting(
    desk: AtDesk,
    state: Annotated[State | None, Query()] = None,
    reason: Annotated[str, Query(max_length=200, pattern="^[ -~]*$")] = "",
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
) -> Page:
    """List what is parked or failed, without its content; all of it, or what has one reason."""
    of = f"parked {state or ''} {reason}"
    after = desk.cursors.read(of, cursor) if cursor is not None else None
    found = desk.parked.list(desk.store.name, state=state or "", reason=reason, after=after)
    page = list(islice(found, limit))
    more = next(found, None) is not None
    place = Ledger.place_of(page[-1].row) if more else None
    return Page(
        parked=[_told(one) for one in page],
        cursor=desk.cursors.write(of, place) if place else None,
    )


def _told(one: Open) -> Waiting:
    return Waiting.model_validate(
        {
            "id": one.id,
            "topic": one.topic,
            "what": one.what,
            "state": one.state,
            "reason": one.reason,
            "since": one.since,
        }
    )
