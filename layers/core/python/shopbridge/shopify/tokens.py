"""
Hands out a store's Admin API token, refreshed five minutes before it ends.

However many workers need a refresh at once, one makes it: it leases the store's row, asks
Shopify, and replaces the pair in one write, if the pair is still the one it began with.
Where an answer or that write is lost, the row still holds the old refresh token, and the
same request is made again: Shopify takes it until the new pair is first used. So a pair
that could not be saved is never used.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from aws_lambda_powertools import Logger

from shopbridge import reasons
from shopbridge.errors import (
    AdminRejected,
    AdminUnavailable,
    GrantRefused,
)
from shopbridge.shopify.grant import Grant
from shopbridge.stores.repository import StoreRepository
from shopbridge.stores.sealed import sealed
from shopbridge.stores.store import Store
from shopbridge.stores.tokens import TokenRow
from shopbridge.stores.vault import Vault

logger = Logger()

EARLY: Final = timedelta(minutes=5)
"""How long before its end a token is refreshed."""
TRIES: Final = 2
"""How often one worker asks where no answer comes."""
WAIT_SECONDS: Final = 5.0
"""After which work comes back that needs a token while another worker refreshes it."""
REVOKED: Final = "invalid_grant"


class Refreshes(Protocol):
    """Shopify, as far as refreshing goes."""

    def by_refresh(self, store: str, refresh_token: str) -> Grant:
        """Trade a refresh token for a new pair."""


@dataclass(frozen=True)
class Tokens:
    """Tokens of all stores; everything about one of them lies in its row."""

    repository: Callable[[str], StoreRepository]
    row: Callable[[str], TokenRow]
    vault: Vault
    grants: Callable[[], Refreshes]
    now: Callable[[], datetime]

    def current(self, store: Store) -> str | None:
        """
        Return a token of `store` that lasts for five minutes, None where none was ever granted.

        Raises:
            AdminRejected: the merchant has to authorise the app again.
            AdminUnavailable: it has ended and cannot be refreshed now.
        """
        if store.reauthorise_since:
            raise AdminRejected(reasons.REAUTHORISE)
        token = self.vault.access_token(store)
        ends_at = store.token_expires_at
        if token is None or ends_at is None or self.now() < ends_at - EARLY:
            return token
        return self._refresh(store, usable=token if self.now() < ends_at else None)

    def renewed(self, store: Store, refused: str) -> str:
        """
        Return another token than the one that Shopify refused, though it should last.

        Raises:
            AdminRejected: there is none: the merchant has to authorise the app again.
            AdminUnavailable: it cannot be refreshed now.
        """
        latest = self._latest(store)
        token = self.vault.access_token(latest)
        if token is not None and token != refused:
            return token
        if latest.sealed_refresh_token is None:
            raise AdminRejected("Shopify answered 401")
        return self._refresh(latest, usable=None)

    def keep_alive(self, store: Store, while_left: timedelta) -> bool:
        """Refresh tokens of a store whose refresh token ends in less than `while_left`."""
        ends_at = store.refresh_expires_at
        if store.reauthorise_since or ends_at is None or self.now() < ends_at - while_left:
            return False
        self._refresh(store, usable=None)
        return True

    def _refresh(self, store: Store, *, usable: str | None) -> str:
        row = self.row(store.name)
        lease = row.lease(store, self.now())
        if lease is None:
            return self._somebody_elses(store, usable)
        try:
            with row.let_go_on_failure(lease):
                grant = self._asked(store)
                pair = sealed(self.vault, store.name, store.epoch, grant)
                after = row.refreshed(store, pair, self.now())
        except GrantRefused as exc:
            if exc.error != REVOKED:
                raise
            return self._revoked(store, usable)
        except AdminUnavailable:
            if usable:
                return usable
            raise
        return grant.access_token if after else self._somebody_elses(store, None)

    def _asked(self, store: Store) -> Grant:
        assert store.sealed_refresh_token is not None
        refresh_token = self.vault.open(store.sealed_refresh_token, store)
        grants = self.grants()
        for _ in range(TRIES - 1):
            try:
                return grants.by_refresh(store.name, refresh_token)
            except AdminUnavailable as exc:
                if exc.retry_after is not None:
                    raise
        return grants.by_refresh(store.name, refresh_token)

    def _revoked(self, store: Store, usable: str | None) -> str:
        if not self.row(store.name).refused(store, self.now()):
            return self._somebody_elses(store, usable)
        logger.warning("reauthorise", extra={"shop": store.name})
        raise AdminRejected(reasons.REAUTHORISE)

    def _somebody_elses(self, store: Store, usable: str | None) -> str:
        """Take the token that another worker brought, or make do until it has."""
        latest = self._latest(store)
        token = self.vault.access_token(latest)
        if token is not None and latest.sealed_access_token != store.sealed_access_token:
            return token
        if usable:
            return usable
        raise AdminUnavailable("its token is being refreshed", retry_after=WAIT_SECONDS)

    def _latest(self, store: Store) -> Store:
        latest = self.repository(store.name).get()
        if latest is None or latest.epoch != store.epoch or latest.status == "uninstalled":
            raise AdminRejected(reasons.BEFORE_INSTALL)
        if latest.reauthorise_since:
            raise AdminRejected(reasons.REAUTHORISE)
        return latest
