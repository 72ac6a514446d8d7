"""Wires the tasks of the historic sync, and what starts them: the composition root of both."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING

import boto3

from shopbridge.entry.patience import PATIENCE
from shopbridge.entry.shopify_wiring import now
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment
from shopbridge.historic_sync.asking import Asking
from shopbridge.historic_sync.bulk.results import Results
from shopbridge.historic_sync.control import Control
from shopbridge.historic_sync.lane import Lanes
from shopbridge.historic_sync.launching import launch
from shopbridge.historic_sync.ledger import SliceLedger
from shopbridge.historic_sync.listed import ListedReader
from shopbridge.historic_sync.manifest import Manifests
from shopbridge.historic_sync.reader import StreamReader
from shopbridge.historic_sync.repository import Runs
from shopbridge.historic_sync.run import Run, Stream
from shopbridge.historic_sync.step import Desk
from shopbridge.historic_sync.streams import SOURCES
from shopbridge.shopify.bulk import BulkOperations
from shopbridge.shopify.download import Download
from shopbridge.stores.store import Store

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


@dataclass(frozen=True)
class HistoryWiring:
    """Builds each part once, when it is first asked for."""

    environment: Environment

    def store(self, name: str) -> Store | None:
        """Return the store as it is now."""
        return self._wiring.store(name).get()

    def runs(self, store: str) -> Runs:
        """Return the runs of a store."""
        return Runs(self._wiring.table("RUNS_TABLE"), store)

    def control(self, store: str) -> Control:
        """Return what starts and stops the runs of a store."""
        return Control(self.runs(store), self._launch, self.now)

    def desk(self, store: Store, run: Run, is_late: Callable[[], bool]) -> Desk:
        """Return all that a task may use; what it may not is never built."""
        return Desk(
            store=store,
            run=run,
            runs=self.runs(store.name),
            reader=partial(self.reader, store),
            bulk=lambda: BulkOperations(self._wiring.gateway(store)),
            results=Results(self._s3, self.environment["KEPT_BUCKET"], store.name),
            fetch=self._download.piece,
            listed=partial(self.listed, store),
            manifests=self.manifests(store.name),
            ledger=SliceLedger(self._wiring.table("LEDGER_TABLE"), run),
            lanes=self._lanes,
            now=self.now,
            is_late=is_late,
        )

    def manifests(self, store: str) -> Manifests:
        """Return which ids the runs of a store have read."""
        return Manifests(self._s3, self.environment["KEPT_BUCKET"], store)

    @staticmethod
    def now() -> datetime:
        """Tell the time."""
        return now()

    def reader(self, store: Store, stream: Stream) -> StreamReader:
        """Return one stream of a store, to count and to read."""
        return StreamReader(self._asking(store), SOURCES[stream])

    def listed(self, store: Store, stream: Stream, ids: Sequence[str]) -> ListedReader:
        """Return what `ids` name of one stream."""
        return ListedReader(self._asking(store), SOURCES[stream], ids)

    def _asking(self, store: Store) -> Asking:
        return Asking(self._wiring.gateway(store), time.sleep)

    @cached_property
    def _download(self) -> Download:
        return Download()

    @cached_property
    def _launch(self) -> Callable[[Run], None]:
        machine = self.environment["HISTORIC_SYNC_ARN"]
        return partial(launch, boto3.client("stepfunctions", config=PATIENCE), machine)

    @cached_property
    def _lanes(self) -> Lanes:
        urls = json.loads(self.environment.get("HISTORY_LANES") or "{}")
        return Lanes(boto3.client("sqs", config=PATIENCE), urls)

    @cached_property
    def _s3(self) -> "S3Client":
        return boto3.client("s3", config=PATIENCE)

    @cached_property
    def _wiring(self) -> Wiring:
        return Wiring(self.environment)
