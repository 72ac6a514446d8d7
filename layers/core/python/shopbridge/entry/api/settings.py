"""Settings of a store: read them, replace them, and see who changed them."""

from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Query
from pydantic import BaseModel

from shopbridge.entry.api.desk import AtDesk, Desk, etag, stale
from shopbridge.entry.api.problems import JSON, Finding, Problem
from shopbridge.errors import StoreConflict
from shopbridge.historic_sync.streams import chosen
from shopbridge.stores.changes import Change
from shopbridge.stores.rules import Broken, broken
from shopbridge.stores.settings import Settings

IfMatch = Annotated[
    str,
    Header(
        alias="If-Match",
        pattern='^"[0-9]{1,15}"$',
        description="The ETag of the settings that were read.",
    ),
]


class SettingChanged(BaseModel):
    """One setting before and after; without values where they say something about a person."""

    field: str
    before: Any = None
    after: Any = None


class Saved(BaseModel):
    """What one save changed."""

    version: int
    at: datetime
    by: str
    what: list[SettingChanged]


class Changes(BaseModel):
    """A page of the change log, newest first."""

    changes: list[Saved]
    cursor: str | None = None


def read(desk: AtDesk) -> Response[Settings]:
    """Everything that can be chosen; the ETag is needed to change it."""
    return _answer(desk.store.settings, desk.etag)


def replace(
    desk: AtDesk, settings: Annotated[Settings, Body()], if_match: IfMatch
) -> Response[Settings]:
    """Save all settings; what is left out takes its default."""
    desk.require(if_match)
    return save(desk, settings)


def save(desk: Desk, settings: Settings, netcore_key: bytes | None = None) -> Response[Settings]:
    """
    Save `settings`, if no rule is broken.

    Raises:
        Problem: 422 or 409 for a rule, 412 where somebody saved first.
    """
    refuse(broken(desk.store, settings))
    if settings == desk.store.settings and netcore_key is None:
        desk.configure_soon(desk.store)
        return _answer(settings, desk.etag)
    try:
        saved = desk.repository.save(
            desk.store, settings, desk.now(), desk.caller.name, netcore_key
        )
    except StoreConflict as exc:
        raise stale() from exc
    desk.configure_soon(saved)
    if saved.status == "enabled":
        desk.history.start_once(saved, chosen(saved.settings))
    return _answer(saved.settings, etag(saved))


def changes(
    desk: AtDesk,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
) -> Changes:
    """Who changed what, and when; newest first."""
    below = desk.store.version + 1
    if cursor is not None:
        below = int(desk.cursors.read("changes", cursor)["below"])
    found = desk.changes.page(below, limit)
    more = len(found) == limit and found[-1].version > 1
    place = {"below": str(found[-1].version)} if more else None
    return Changes(
        changes=[_saved(one) for one in found],
        cursor=desk.cursors.write("changes", place) if place else None,
    )


def refuse(rules: Iterable[Broken]) -> None:
    """
    End the request where rules are broken.

    Raises:
        Problem: 409 for what cannot be undone or is not ready, 422 for what does not fit.
    """
    found = list(rules)
    if found:
        conflict = any(one.code in ("cannot_be_undone", "not_ready") for one in found)
        status = HTTPStatus.CONFLICT if conflict else HTTPStatus.UNPROCESSABLE_ENTITY
        wrong = [Finding(field=b.field, message=b.message, code=b.code) for b in found]
        raise Problem.of(status, wrong)


def _answer(settings: Settings, version: str) -> Response[Settings]:
    return Response(200, JSON, settings, headers={"ETag": version})


def _saved(one: Change) -> Saved:
    return Saved(
        version=one.version,
        at=one.at,
        by=one.by,
        what=[SettingChanged(field=c.field, before=c.before, after=c.after) for c in one.what],
    )
