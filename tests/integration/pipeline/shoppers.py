"""One store's checkouts, from their webhooks to what Netcore is told when nobody completes them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache, partial
from itertools import count
from types import SimpleNamespace
from typing import Any

import boto3
from msgspec.structs import replace

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
from shopbridge.message import write
from shopbridge.moments import dated
from shopbridge.outbox import Outbox
from shopbridge.shopify import delivery
from shopbridge.stores.vault import Vault
from tests.integration.pipeline import sent
from tests.integration.pipeline.cloud import KEYS, Cloud
from tests.integration.pipeline.lane import Lane
from tests.integration.pipeline.system import System
from tests.integration.pipeline.watched import Steps
from tests.unit.translate.given import payload, translated

CUSTOMER = {"id": 7001, "email": "cnry-ada@example.com", "phone": "+447700900123"}
SOMEBODY_ELSE = {"id": 7002, "email": "cnry-bob@example.com", "phone": "+447700900456"}

_tables = count(1)
_events = count(1)


class Shoppers(System):
    """A store of a test's own, with a table of checkouts of its own."""

    def __init__(self, cloud: Cloud, **how: Any) -> None:
        super().__init__(cloud, **how)
        self.table = _table(cloud, f"checkouts-{next(_tables)}")
        kms = boto3.client("kms", **KEYS)
        self.key_arn = kms.create_key()["KeyMetadata"]["Arn"]
        vault = Vault(kms, self.key_arn, self.clock.seconds)
        self.keyring = Keyring(self.table, vault, self.clock.seconds)
        self.timers = Lane(self.clock)
        self.last = ""
        self.checkouts = Checkouts(self.table, self.name)

    def checkout(
        self, topic: str = "checkouts/update", steps: Steps | None = None, **changes: Any
    ) -> str:
        """A checkout was changed just now; its webhook arrives and is carried out."""
        body = payload(
            "checkouts/update",
            **{
                "token": "token-1",
                "cart_token": "cart-1",
                "updated_at": times.text(self.clock.now()),
                "email": None,
                "phone": None,
                "customer": CUSTOMER,
                **changes,
            },
        )
        return self.arrive(topic, body, steps)

    def order(self, **changes: Any) -> str:
        """Somebody orders just now; the webhook arrives and is carried out."""
        body = payload(
            "orders/create",
            **{
                "created_at": times.text(self.clock.now()),
                "checkout_token": None,
                "cart_token": None,
                "customer": None,
                "email": None,
                "contact_email": None,
                "phone": None,
                **changes,
            },
        )
        return self.arrive("orders/create", body)

    def arrive(self, topic: str, body: Mapping[str, Any], steps: Steps | None = None) -> str:
        """Put what a body means into the lane, as ingest does, and carry it out."""
        event_id = f"c-{next(_events)}"
        store, now = self.store().profile, self.clock.now()
        event = sent.https(
            self.name, dict(body), event_id, topic=topic, triggered_at=times.text(now)
        )
        arrived = delivery.identify(delivery.from_http(event), topic, now)
        commands = tuple(dated(each, now, now) for each in translated(topic, body, store))
        head = replace(arrived.head, commands=commands, numbers=tuple(range(len(commands))))
        self.last = write(head, b"")
        self.timers.put([self.last])
        self.timers.run(self.timer(steps))
        return event_id

    def timer(self, steps: Steps | None = None) -> Worker[Timed, Services]:
        """Start the worker of the checkouts lane."""
        steps = steps or Steps()
        table = steps.watch("checkouts", self.table)
        services = Services(
            station=self.delivery(steps).station,
            checkouts=partial(Checkouts, table),
            keyring=self.keyring,
        )
        return Worker(TIMED, deliver, lambda: services)

    def try_again(self) -> None:
        """Let the messages of a worker that died come back, and carry them out."""
        self.timers.settle(self.timer())

    def pass_minutes(self, minutes: float) -> None:
        """Let time pass; nobody sweeps meanwhile."""
        self.clock.sleep(minutes * 60)

    def sweep(self, steps: Steps | None = None, until: datetime | None = None) -> dict[str, int]:
        """Look once what is due."""
        services = self.sweeping(steps or Steps())
        return Sweep(lambda: services)({"until": times.text(until)} if until else {}, None)

    def sweeping(self, steps: Steps) -> sweeping.Services:
        """Build what one sweep needs."""
        table = _Watched(steps, self.table)

        def telling() -> Telling:
            return Telling(
                checkouts=partial(Checkouts, table),  # type: ignore[arg-type]  # has what it uses of a table
                store=cache(lambda name: self.repository(name).get()),
                keyring=self.keyring,
                deliveries=Deliveries(
                    steps.watch("ledger", self.cloud.aws(self.clock).dynamodb), "ledger"
                ),
                outcomes=Outcomes(steps.watch("outcomes", self.cloud.table("ledger"))),
                outbox=Outbox(steps.watch("sns", self.cloud.sns), self.cloud.topic_arn),
                held=held,
                now=self.clock.now,
            )

        return sweeping.Services(Timers(table), telling, self.clock.now)  # type: ignore[arg-type]  # as above

    def told(self) -> list[dict[str, Any]]:
        """Let the activities worker do its work; return what Netcore holds of Cart Abandonment."""
        self.pull()
        self.lane.settle(self.worker())
        held = self.activities()
        return [one for one in held if one["activity_name"] == "Cart Abandonment"]

    def reinstall(self) -> None:
        """The merchant removes the app and installs it again, at once."""
        self.repository().uninstall(self.store(), self.clock.now())
        store = self.repository().install(self.clock.now())
        self.repository().set_status(store, "enabled")

    def rows_at_rest(self) -> list[dict[str, Any]]:
        """Return all that is kept of checkouts."""
        return [dict(item) for item in self.table.scan()["Items"]]

    def in_ledger(self) -> list[dict[str, Any]]:
        """Return what the ledger has of our timer's deliveries for this store."""
        rows = self.cloud.table("ledger").scan()["Items"]
        return [
            dict(row)
            for row in rows
            if row.get("store") == self.name and row.get("topic") == "abandonment"
        ]

    def ended(self) -> list[tuple[str, str]]:
        """Return outcome and reason of each Cart Abandonment of this store."""
        rows = [row for row in self.in_ledger() if "kind" in row]
        return [(str(row["outcome"]), str(row["reason"])) for row in rows]

    def day(self, **later: float) -> datetime:
        """Return a moment from now."""
        return self.clock.now() + timedelta(**later)


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
