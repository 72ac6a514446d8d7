"""Wires the API to AWS, Netcore and the client secrets: its composition root."""

from dataclasses import dataclass
from functools import cached_property

import boto3
from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer

from shopbridge.archive.reader import ArchiveReader
from shopbridge.catalogue.feeds import Feeds
from shopbridge.entry.api.caller import Caller, Door
from shopbridge.entry.api.cursors import Cursors
from shopbridge.entry.api.desk import Desk
from shopbridge.entry.api.repeats import Repeats, kept_in
from shopbridge.entry.history_wiring import HistoryWiring
from shopbridge.entry.patience import LINKS, PATIENCE
from shopbridge.entry.resumption import ResumeLater, resume_later, wired
from shopbridge.entry.shopify_wiring import now
from shopbridge.entry.to_shopify_wiring import inbound_secrets
from shopbridge.entry.website_wiring import configuring
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment
from shopbridge.ledger.reader import Ledger
from shopbridge.parked.listing import Parked
from shopbridge.parked.replay import Replay
from shopbridge.parked.resume import Resume
from shopbridge.privacy.requests import DataRequests
from shopbridge.shopify.secrets import ClientSecrets
from shopbridge.stores.changes import ChangeLog
from shopbridge.stores.store import Store
from shopbridge.stores.tokens import TokenRow
from shopbridge.website_tracking.configuring import Configuring


@dataclass(frozen=True)
class ApiWiring:
    """Builds each part once per warm function, when it is first asked for."""

    environment: Environment

    @cached_property
    def door(self) -> Door:
        """Says who calls."""
        return Door(self.environment.get("SHOPIFY_CLIENT_ID") or "", self._secrets, now)

    def desk(self, caller: Caller) -> Desk | None:
        """Return the desk of the caller's store; None where it never installed us."""
        repository = self._wiring.store(caller.store)
        store = repository.get()
        if store is None:
            return None
        return Desk(
            caller=caller,
            store=store,
            repository=repository,
            changes=ChangeLog(self._wiring.table("STORES_TABLE"), store.name),
            ledger=self._ledger,
            parked=self._parked,
            vault=self._wiring.vault,
            tokens=TokenRow(self._wiring.table("STORES_TABLE"), store.name),
            netcore=self._wiring.netcore,
            gateway=self._wiring.gateway,
            cursors=Cursors(store.name, self._secrets.current),
            repeats=Repeats(
                self._kept, f"{store.name} {store.epoch}", lambda: self._secrets.current()[0]
            ),
            now=now,
            resume=lambda: self._resume,
            resume_later=self._resume_later,
            configure_soon=self._configure_soon,
            replay=lambda: self._replay(store.name),
            history=self._history.control(store.name),
            manifests=self._history.manifests(store.name),
            data_requests=self._data_requests(store.name),
            feeds=Feeds(self._wiring.table("CATALOGUE_TABLE")),
            runs=self._history.runs(store.name),
            inbound=inbound_secrets(self._wiring, store.name),
            site=self.environment["APP_URL"],
        )

    @cached_property
    def _wiring(self) -> Wiring:
        return Wiring(self.environment)

    @property
    def _secrets(self) -> ClientSecrets:
        return self._wiring.shopify.secrets

    @cached_property
    def _kept(self) -> DynamoDBPersistenceLayer:
        return kept_in(self.environment["STORES_TABLE"], boto3.client("dynamodb", config=PATIENCE))

    @cached_property
    def _history(self) -> HistoryWiring:
        return HistoryWiring(self.environment)

    @cached_property
    def _ledger(self) -> Ledger:
        return Ledger(self._wiring.table("LEDGER_TABLE"))

    @cached_property
    def _parked(self) -> Parked:
        s3 = boto3.client("s3", config=PATIENCE)
        return Parked(self._ledger, s3, self.environment["KEPT_BUCKET"])

    @cached_property
    def _resume(self) -> Resume:
        return wired(self.environment)

    @cached_property
    def _resume_later(self) -> ResumeLater:
        return resume_later(self.environment)

    def _configure_soon(self, store: Store) -> None:
        self._configuring.soon(store)

    @cached_property
    def _configuring(self) -> Configuring:
        return configuring(self.environment)

    def _data_requests(self, store: str) -> DataRequests:
        s3 = boto3.client("s3", config=LINKS)
        return DataRequests(self._ledger, s3, self.environment["KEPT_BUCKET"], store)

    def _replay(self, store: str) -> Replay:
        s3 = boto3.client("s3", config=PATIENCE)
        archive = ArchiveReader(s3, self.environment["ARCHIVE_BUCKET"], store)
        return Replay(store, archive, self._ledger, self._resume.again)
