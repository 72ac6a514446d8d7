"""All that a request may use: everything of one store, and nothing of another."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import Depends, Request

from shopbridge.entry.api.caller import Caller
from shopbridge.entry.api.cursors import Cursors
from shopbridge.entry.api.problems import Finding, Problem
from shopbridge.entry.resumption import ResumeLater
from shopbridge.historic_sync.control import Control
from shopbridge.historic_sync.manifest import Manifests
from shopbridge.historic_sync.reader import StreamReader
from shopbridge.historic_sync.run import Stream
from shopbridge.ledger.reader import Ledger
from shopbridge.netcore.client import NetcoreClient
from shopbridge.parked.listing import Parked
from shopbridge.parked.replay import Replay
from shopbridge.parked.resume import Resume
from shopbridge.stores.changes import ChangeLog
from shopbridge.stores.repository import StoreRepository
from shopbridge.stores.store import Store
from shopbridge.stores.vault import Vault


@dataclass(frozen=True)
class Desk:
    """One store as its merchant or an operator works on it."""

    caller: Caller
    store: Store
    """As it was when the request came."""
    repository: StoreRepository
    changes: ChangeLog
    ledger: Ledger
    parked: Parked
    vault: Vault
    netcore: Callable[[Store], NetcoreClient]
    cursors: Cursors
    now: Callable[[], datetime]
    resume: Callable[[], Resume]
    resume_later: ResumeLater
    replay: Callable[[], Replay]
    history: Control
    manifests: Manifests
    past: Callable[[Stream], StreamReader]

    def require(self, if_match: str) -> None:
        """
        Go on only if the caller has seen the store as it is.

        Raises:
            Problem: 412 where it was saved since, 409 where it is no longer installed.
        """
        self.require_installed()
        if if_match != self.etag:
            raise stale()

    def require_installed(self) -> None:
        """
        Go on only if the app is installed.

        Raises:
            Problem: 409.
        """
        if self.store.status == "uninstalled":
            raise Problem(HTTPStatus.CONFLICT, "uninstalled", "Install the app again.")

    @property
    def etag(self) -> str:
        """Version of the store, as HTTP names it."""
        return etag(self.store)


def etag(store: Store) -> str:
    """Name the version of `store` as HTTP does."""
    return f'"{store.version}"'


def stale() -> Problem:
    """Somebody saved first."""
    return Problem.of(
        HTTPStatus.PRECONDITION_FAILED,
        [
            Finding(
                field="if-match",
                message="Somebody saved meanwhile: reload, then change it again.",
                code="stale",
            )
        ],
    )


def _of(request: Request) -> Desk:
    desk: Desk = request.context["desk"]
    return desk


AtDesk = Annotated[Desk, Depends(_of)]
"""A resource's way to its desk."""
