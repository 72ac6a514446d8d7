"""Wires the reconciliation of one store: the composition root of its function."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import boto3

from shopbridge.abandonment.checkouts import Checkouts
from shopbridge.abandonment.watched import Watched
from shopbridge.catalogue.table import Catalogue
from shopbridge.contacts.repository import Contacts
from shopbridge.entry.abandonment_wiring import keyring
from shopbridge.entry.gate import held
from shopbridge.entry.patience import PATIENCE
from shopbridge.entry.resumption import resume_later
from shopbridge.entry.shopify_wiring import now
from shopbridge.entry.to_shopify_wiring import links
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment
from shopbridge.historic_sync.asking import Asking
from shopbridge.historic_sync.lane import Lanes
from shopbridge.historic_sync.ledger import SliceLedger
from shopbridge.historic_sync.reader import StreamReader
from shopbridge.historic_sync.repository import Runs
from shopbridge.historic_sync.run import Run
from shopbridge.historic_sync.streams import Pages
from shopbridge.lanes import LANES
from shopbridge.ledger.reader import Ledger
from shopbridge.lifecycle.scopes import noted
from shopbridge.reconciliation.ages import ages
from shopbridge.reconciliation.desk import Desk
from shopbridge.reconciliation.marks import MarksRow
from shopbridge.reconciliation.reports import Reports
from shopbridge.reconciliation.subscriptions import Wanted
from shopbridge.shopify.scopes import Scopes
from shopbridge.stores.store import Store
from shopbridge.stores.tokens import TokenRow

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

CAP = 1_000
"""Commands that one stream of one store is mended with at a time."""


@dataclass(frozen=True)
class ReconciliationWiring:
    """Builds each part once, when it is first asked for."""

    environment: Environment

    def desk(self, name: str, is_late: Callable[[], bool]) -> Desk | None:
        """Return all that reconciling the store may use; None where it is not installed."""
        store = self._wiring.store(name).get()
        if store is None or store.status == "uninstalled":
            return None
        ended = held(store)
        return Desk(
            store=store,
            held=ended.reason if ended else "",
            gateway=partial(self._wiring.gateway, store),
            reader=partial(self._reader, store),
            contacts=Contacts(self._wiring.table("CONTACTS_TABLE"), name),
            catalogue=Catalogue(self._wiring.table("CATALOGUE_TABLE"), name),
            watched=self._watched(store),
            receipts=self._wiring.receipts(name),
            erased=self._wiring.erased(name),
            ledger=Ledger(self._wiring.table("LEDGER_TABLE")),
            repairs=self._repairs,
            runs=Runs(self._wiring.table("RUNS_TABLE"), name),
            lanes=self._lanes,
            marks=MarksRow(self._wiring.table("RUNS_TABLE"), name),
            reports=Reports(self._s3, self.environment["KEPT_BUCKET"], name),
            wanted=self._wanted,
            links=links(self._wiring),
            needed=self.environment["SHOPIFY_SCOPES"],
            noted=partial(self._noted, store),
            ages=self._ages,
            now=now,
            is_late=is_late,
            cap=CAP,
        )

    def _reader(self, store: Store, source: Pages) -> StreamReader:
        return StreamReader(Asking(self._wiring.gateway(store), time.sleep), source)

    def _watched(self, store: Store) -> Watched:
        checkouts = Checkouts(self._wiring.table("CHECKOUTS_TABLE"), store.name)
        secret = keyring(self._wiring).known(store.name)
        return Watched(checkouts, secret, store.settings.country)

    def _repairs(self, run: Run) -> SliceLedger:
        return SliceLedger(self._wiring.table("LEDGER_TABLE"), run)

    def _noted(self, store: Store, granted: Scopes, at: datetime) -> None:
        tokens = TokenRow(self._wiring.table("STORES_TABLE"), store.name)
        noted(store, granted, at, tokens, resume_later(self.environment))

    def _ages(self) -> dict[str, timedelta]:
        lanes = {name: url for name, url in self._parts["queues"].items() if name in LANES}
        return ages(boto3.client("cloudwatch", config=PATIENCE), lanes, now())

    @cached_property
    def _wanted(self) -> Wanted:
        topics = self._told("TOPICS_PARAMETER")
        return Wanted(tuple(topics), self._parts["api_url"], self._parts["event_bus"] or "")

    @cached_property
    def _lanes(self) -> Lanes:
        return Lanes(boto3.client("sqs", config=PATIENCE), self._parts["queues"])

    @cached_property
    def _parts(self) -> dict[str, Any]:
        """What is deployed: more than a function's environment could hold."""
        return self._told("DEPLOYMENT_PARAMETER")

    def _told(self, variable: str) -> dict[str, Any]:
        ssm = boto3.client("ssm", config=PATIENCE)
        told = ssm.get_parameter(Name=self.environment[variable])["Parameter"]["Value"]
        value: dict[str, Any] = json.loads(told)
        return value

    @cached_property
    def _s3(self) -> "S3Client":
        return boto3.client("s3", config=PATIENCE)

    @cached_property
    def _wiring(self) -> Wiring:
        return Wiring(self.environment)
