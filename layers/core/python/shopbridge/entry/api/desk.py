"""All that a request may use: everything of one store, and nothing of another."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import Depends, Request

from shopbridge.catalogue.feeds import Feeds
from shopbridge.entry.api.caller import Caller
from shopbridge.entry.api.cursors import Cursors
from shopbridge.entry.api.problems import Finding, Problem
from shopbridge.entry.api.repeats import Repeats
from shopbridge.entry.resumption import ResumeLater
from shopbridge.errors import AdminRejected
from shopbridge.historic_sync.control import Control
from shopbridge.historic_sync.manifest import Manifests
from shopbridge.historic_sync.repository import Runs
from shopbridge.ledger.reader import Ledger
from shopbridge.netcore.client import NetcoreClient
from shopbridge.parked.listing import Parked
from shopbridge.parked.replay import Replay
from shopbridge.parked.resume import Resume
from shopbridge.privacy.requests import DataRequests
from shopbridge.shopify.readers import Asks
from shopbridge.stores.changes import ChangeLog
from shopbridge.stores.repository import StoreRepository
from shopbridge.stores.store import Store
from shopbridge.stores.tokens import TokenRow
from shopbridge.stores.vault import Vault
from shopbridge.to_shopify.secrets import InboundSecrets


@dataclass(frozen=True, kw_only=True)
class Sight:
    """One store as it is looked at."""

    store: Store
    """As it was when the request came."""
    ledger: Ledger
    feeds: Feeds
    runs: Runs
    now: Callable[[], datetime]

    @property
    def etag(self) -> str:
        """Version of the store, as HTTP names it."""
        return etag(self.store)


@dataclass(frozen=True, kw_only=True)
class Desk(Sight):
    """One store as its merchant or an operator works on it."""

    caller: Caller
    repository: StoreRepository
    changes: ChangeLog
    parked: Parked
    vault: Vault
    tokens: TokenRow
    netcore: Callable[[Store], NetcoreClient]
    gateway: Callable[[Store], Asks]
    cursors: Cursors
    repeats: Repeats
    resume: Callable[[], Resume]
    resume_later: ResumeLater
    configure_soon: Callable[[Store], None]
    """Has web pixel and app embed told of what was saved."""
    replay: Callable[[], Replay]
    history: Control
    manifests: Manifests
    data_requests: DataRequests
    inbound: InboundSecrets
    site: str
    """Where this deployment is reached from outside."""

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

    @contextmanager
    def shopify(self) -> Iterator[Asks]:
        """
        Give out the store's Admin API, to ask what only Shopify knows.

        Raises:
            Problem: 409 where the app is not installed, or Shopify refuses it.
            AdminUnavailable: throttled, failing or silent.
        """
        self.require_installed()
        try:
            yield self.gateway(self.store)
        except AdminRejected as exc:
            raise _refused() from exc


def _refused() -> Problem:
    """Shopify does not answer us; its reason is in the log, for us to mend."""
    message = "Shopify refuses: open the app and authorise it."
    return Problem(HTTPStatus.CONFLICT, "shopify_refuses", message)


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
