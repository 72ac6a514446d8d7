"""The connection to Netcore: saved with its key, which nobody reads back, and tried out."""

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel, Field

from shopbridge import reasons
from shopbridge.entry.api.desk import AtDesk
from shopbridge.entry.api.problems import Problem
from shopbridge.entry.api.settings import IfMatch, save
from shopbridge.errors import NetcoreKeyRefused
from shopbridge.netcore.trial import Api, Code, trial
from shopbridge.stores.settings import Netcore, Settings

API_KEY = r"^[!-~]{8,256}$"
"""Printable and without spaces: it becomes a header."""


class Connection(Netcore):
    """What connects a store to Netcore."""

    api_key: (
        Annotated[str, Field(pattern=API_KEY, json_schema_extra={"writeOnly": True})] | None
    ) = None
    """Left out: the one that was saved stays."""


class Tried(BaseModel):
    """What one of Netcore's APIs said."""

    api: Api
    ok: bool
    code: Code
    message: str


class Trial(BaseModel):
    """Whether Netcore takes the saved key."""

    ok: bool
    tried: list[Tried]


def connect(
    desk: AtDesk, connection: Annotated[Connection, Body()], if_match: IfMatch
) -> Response[Settings]:
    """Save how Netcore is reached; what had waited for that goes on soon."""
    desk.require(if_match)
    store = desk.store
    chosen = Netcore(**{name: getattr(connection, name) for name in Netcore.model_fields})
    key = connection.api_key
    sealed = desk.vault.seal(key, store=store.name, epoch=store.epoch) if key else None
    answer = save(desk, store.settings.model_copy(update={"netcore": chosen}), sealed)
    waited = [reasons.NOT_CONFIGURED, *([reasons.KEY_REFUSED] if sealed else [])]
    desk.resume_later(store.name, *waited)
    return answer


def test(desk: AtDesk) -> Trial:
    """Ask Netcore for nothing under the saved key; nothing is created or changed there."""
    try:
        netcore = desk.netcore(desk.store)
    except NetcoreKeyRefused as exc:
        raise Problem(
            HTTPStatus.CONFLICT, "not_ready", "Save an API key first.", "netcore.api_key"
        ) from exc
    said = trial(netcore, desk.store.settings)
    tried = [Tried(api=one.api, ok=one.ok, code=one.code, message=one.message) for one in said]
    return Trial(ok=all(one.ok for one in tried), tried=tried)
