"""Wires the page to AWS and the client secrets: its composition root."""

from dataclasses import dataclass
from functools import cached_property

from shopbridge.catalogue.feeds import Feeds
from shopbridge.entry.api.caller import Door
from shopbridge.entry.api.desk import Sight
from shopbridge.entry.shopify_wiring import now
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment
from shopbridge.historic_sync.repository import Runs
from shopbridge.ledger.reader import Ledger
from shopbridge.page.frame import CDN, Site


@dataclass(frozen=True)
class PageWiring:
    """Builds each part once per warm function; it reads, and opens no secret of a store."""

    environment: Environment

    @cached_property
    def door(self) -> Door:
        """Believes session tokens."""
        return Door(self.site.client_id, self._wiring.shopify.secrets, now)

    @cached_property
    def site(self) -> Site:
        """Says where the app and Shopify's parts of it are."""
        return Site(
            client_id=self.environment["SHOPIFY_CLIENT_ID"],
            cdn=self.environment.get("SHOPIFY_CDN_URL") or CDN,
            admin=self.environment.get("SHOPIFY_ADMIN_URL") or "",
            app=self.environment["APP_URL"],
        )

    def sight(self, store: str) -> Sight | None:
        """Return what is to be seen of `store`; None where it never installed us."""
        found = self._wiring.store(store).get()
        if found is None:
            return None
        return Sight(
            store=found,
            ledger=self._ledger,
            feeds=self._feeds,
            runs=Runs(self._wiring.table("RUNS_TABLE"), store),
            now=now,
        )

    @cached_property
    def _wiring(self) -> Wiring:
        return Wiring(self.environment)

    @cached_property
    def _feeds(self) -> Feeds:
        return Feeds(self._wiring.table("CATALOGUE_TABLE"))

    @cached_property
    def _ledger(self) -> Ledger:
        return Ledger(self._wiring.table("LEDGER_TABLE"))
