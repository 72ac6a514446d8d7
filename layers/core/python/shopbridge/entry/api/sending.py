"""Whether a store sends: enabled, and what had waited goes on; paused, and it is kept."""

from http import HTTPStatus

from pydantic import BaseModel

from shopbridge import reasons
from shopbridge.entry.api.desk import AtDesk, Desk, stale
from shopbridge.entry.api.problems import Problem
from shopbridge.entry.api.settings import refuse
from shopbridge.errors import StoreConflict
from shopbridge.historic_sync.streams import chosen
from shopbridge.stores.changes import Change, Changed
from shopbridge.stores.rules import unready
from shopbridge.stores.store import Status


class Position(BaseModel):
    """Whether the store sends now."""

    status: Status


def enable(desk: AtDesk) -> Position:
    """Begin to send, or go on; what was parked meanwhile goes on soon, by itself."""
    desk.require_installed()
    refuse(unready(desk.store))
    _set(desk, "enabled")
    desk.history.start_once(desk.store, chosen(desk.store.settings))
    desk.resume_later(desk.store.name, reasons.NOT_ENABLED, reasons.PAUSED, reasons.NOT_CONFIGURED)
    return Position(status="enabled")


def pause(desk: AtDesk) -> Position:
    """Send nothing until enabled again; what happens meanwhile is kept."""
    desk.require_installed()
    if desk.store.status == "installed":
        raise Problem(HTTPStatus.CONFLICT, "not_enabled", "It does not send yet.")
    _set(desk, "paused")
    return Position(status="paused")


def _set(desk: Desk, status: Status) -> None:
    before = desk.store.status
    if before == status:
        desk.configure_soon(desk.store)
        return
    change = Change(desk.now(), desk.caller.name, (Changed("status", before, status),))
    try:
        after = desk.repository.set_status(desk.store, status, change)
    except StoreConflict as exc:
        raise stale() from exc
    desk.configure_soon(after)
