"""The checkouts that a store waits for: their table, the worker of their lane, and the sweep."""

from datetime import datetime
from functools import cache, partial
from itertools import count
from types import SimpleNamespace
from typing import Any

import boto3

from shopbridge import times
from shopbridge.abandonment.checkouts import Checkouts
from shopbridge.abandonment.delivery import Services, deliver
from shopbridge.abandonment.keyring import Keyring
from shopbridge.abandonment.telling import Telling
from shopbridge.abandonment.timers import Timers
from shopbridge.commands import TIMED, Timed
from shopbridge.entry import sweeping
from shopbridge.entry.gate import held
from shopbridge.entry.queue import Worker
from shopbridge.entry.sweeping import Sweep
from shopbridge.ledger.deliveries import Deliveries
from shopbridge.ledger.outcomes import Outcomes
from shopbridge.outbox import Outbox
from shopbridge.stores.vault import Vault
from tests.integration.pipeline.cloud import KEYS, Cloud
from tests.integration.pipeline.system import System
from tests.integration.pipeline.watched import Steps

_tables = count(1)


class Waits:
    """Those of one store, in a table of its own."""

    def __init__(self, system: System) -> None:
        self._system = system
        self.table = _table(system.cloud, f"checkouts-{next(_tables)}")
        kms = boto3.client("kms", **KEYS)
        self.key_arn = kms.create_key()["KeyMetadata"]["Arn"]
        vault = Vault(kms, self.key_arn, system.clock.seconds)
        self.keyring = Keyring(self.table, vault, system.clock.seconds)
        self.checkouts = Checkouts(self.table, system.name)

    def worker(self, steps: Steps | None = None) -> Worker[Timed, Services]:
        """Start the worker of the checkouts lane."""
        steps = steps or Steps()
        table = steps.watch("checkouts", self.table)
        services = Services(
            station=self._system.delivery(steps).station,
            checkouts=partial(Checkouts, table),
            keyring=self.keyring,
        )
        return Worker(TIMED, deliver, lambda: services)

    def sweep(self, steps: Steps | None = None, until: datetime | None = None) -> dict[str, int]:
        """Look once what is due."""
        services = self.sweeping(steps or Steps())
        return Sweep(lambda: services)({"until": times.text(until)} if until else {}, None)

    def sweeping(self, steps: Steps) -> sweeping.Services:
        """Build what one sweep needs."""
        system, table = self._system, _Watched(steps, self.table)

        def telling() -> Telling:
            return Telling(
                checkouts=partial(Checkouts, table),  # type: ignore[arg-type]  # has what it uses of a table
                store=cache(lambda name: system.repository(name).get()),
                keyring=self.keyring,
                deliveries=Deliveries(
                    steps.watch("ledger", system.cloud.aws(system.clock).dynamodb), "ledger"
                ),
                outcomes=Outcomes(steps.watch("outcomes", system.cloud.table("ledger"))),
                outbox=Outbox(steps.watch("sns", system.cloud.sns), system.cloud.topic_arn),
                held=held,
                now=system.clock.now,
            )

        return sweeping.Services(Timers(table), telling, system.clock.now)  # type: ignore[arg-type]  # as above


class _Watched:
    """A table whose calls are steps, and its client's too."""

    def __init__(self, steps: Steps, table: Any) -> None:
        self._watched = steps.watch("checkouts", table)
        self.meta = SimpleNamespace(client=steps.watch("checkouts", table.meta.client))

    def __getattr__(self, attribute: str) -> Any:
        return getattr(self._watched, attribute)


def _table(cloud: Cloud, name: str) -> Any:
    keys = [
        {"AttributeName": "store_shard", "KeyType": "HASH"},
        {"AttributeName": "row", "KeyType": "RANGE"},
    ]
    names = ("store_shard", "row", "due", "look_at")
    return cloud.dynamodb.create_table(
        TableName=name,
        KeySchema=keys,  # type: ignore[arg-type]  # plain dicts
        AttributeDefinitions=[{"AttributeName": each, "AttributeType": "S"} for each in names],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "due",
                "KeySchema": [
                    {"AttributeName": "due", "KeyType": "HASH"},
                    {"AttributeName": "look_at", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
        ],
        BillingMode="PAY_PER_REQUEST",
    )
