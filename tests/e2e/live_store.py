"""A store of a test's own: simulated, installed, and followed through the running system."""

import itertools
import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from cli.deployment import Deployment
from local.aws import LOCAL_BUS, LOCAL_SOURCE
from local.demo.installation import install_store
from local.demo.shop import Shop
from local.run import Run
from local.store.planned import PlannedDelivery
from local.store.webhooks import Webhook, build, bus_entry
from shopbridge.ledger.history import End, History
from shopbridge.stores.tokens import TokenRow
from tests import bad_inputs
from tests.e2e.waiting import until

_numbers = itertools.count(secrets.randbelow(10**6) * 10**6 + 10**12)
"""Ids for orders, different in every run: receipts of earlier ones are still there."""


@dataclass(frozen=True)
class LiveStore:
    """One store; whatever it sends is traced by event id."""

    system: Run
    deployment: Deployment
    http: httpx.Client
    name: str

    @property
    def handle(self) -> str:
        """Its name as activities carry it."""
        return self.name.partition(".")[0]

    @property
    def shop(self) -> Shop:
        """The store itself, as the simulator has it."""
        return Shop(self.system, self.http, self.name)

    def open(self, *, customers: int | None = None) -> "LiveStore":
        """Simulate it, with so many customers, and install the app in it."""
        self.install(access_token=self.simulate(customers=customers))
        return self

    def simulate(self, *, customers: int | None = None) -> str:
        """Open it in the store simulator; return a token that its Admin API takes."""
        wanted = {"shop": self.name, "customers": customers}
        told = self.shop.ask("POST", "_stores", wanted)
        token: str = told["access_token"]
        return token

    def install(self, **how: Any) -> None:
        """Install the app in it, configured and enabled."""
        repository = self.deployment.repository(self.name)
        install_store(repository, self.deployment.vault, self.name, **how)

    def happen(self, event: str, target: str | None = None, **how: Any) -> list[PlannedDelivery]:
        """Let something happen in it; return the webhooks, not sent yet."""
        return self.shop.happen(event, target, **how)

    def by_themselves(self) -> list[PlannedDelivery]:
        """Return, once, the webhooks of what nobody did, such as ends of exports; not sent yet."""
        told = self.shop.ask("POST", "_webhooks", {})
        return [PlannedDelivery.from_json(made) for made in told["deliveries"]]

    def set(self, gid: str, **fields: Any) -> None:
        """Write fields of one of its resources, and tell nobody."""
        self.shop.ask("POST", "_world", {"set": {"id": gid, "fields": fields}})

    def grant(self, *scopes: str) -> None:
        """Let its merchant grant these scopes and no others; the app is told by its token alone."""
        self.shop.ask("POST", "_app", {"do": "grant", "scopes": scopes})
        repository = self.deployment.repository(self.name)
        store = repository.get()
        assert store
        row = TokenRow(self.deployment.table("stores"), self.name)
        assert row.granted(store, frozenset(scopes), datetime.now(UTC))

    def order(self, **changes: Any) -> dict[str, Any]:
        """Write the body of a new order, with an id of its own."""
        return {**bad_inputs.order(), "id": next(_numbers), **changes}

    def signed(self, topic: str, body: Mapping[str, Any] | bytes, **how: Any) -> Webhook:
        """Sign a delivery as Shopify does; `how` may name its ids or another secret."""
        facts = {
            "webhook_id": str(uuid.uuid4()),
            "event_id": str(uuid.uuid4()),
            "triggered_at": datetime.now(UTC).isoformat(),
            "shop": self.name,
            "secret": self.system.shopify_client_secret,
            **how,
        }
        return build(topic, body, **facts)

    def post(self, topic: str, delivery: Webhook) -> int:
        """Deliver over HTTPS; return the answer's status."""
        url = f"{self.system.api_url}/webhooks/{topic}"
        return self.http.post(
            url, content=delivery.body, headers=dict(delivery.headers)
        ).status_code

    def put_on_bus(self, delivery: Webhook) -> None:
        """Deliver over EventBridge."""
        entry = bus_entry(delivery, LOCAL_BUS, source=LOCAL_SOURCE)
        answer = self.deployment.client("events").put_events(Entries=[entry])
        assert answer["FailedEntryCount"] == 0

    def send(self, topic: str, body: Mapping[str, Any]) -> str:
        """Deliver a body over HTTPS, which must be accepted; return its event id."""
        event = str(uuid.uuid4())
        assert self.post(topic, self.signed(topic, body, event_id=event)) == 200
        return event

    def ledger(self, event: str) -> list[History]:
        """Read what the ledger has of an event."""
        return self.deployment.ledger.event(self.name, event)

    def ended(self, event: str, *, deliveries: int = 1, seconds: float = 30) -> list[History]:
        """Wait until all that an event asked for has ended."""

        def look() -> list[History]:
            found = self.ledger(event)
            is_over = all(one.outcome != "waiting" for one in found)
            return found if len(found) == deliveries and is_over else []

        return until(look, f"the end of {event}", seconds=seconds)

    def activity(self, event: str, outcome: str, *, seconds: float = 30) -> End:
        """Wait until the activity of an event has ended with `outcome`."""

        def look() -> End | None:
            ends = [end for one in self.ledger(event) for end in one.ends]
            found = (end for end in ends if end.kind == "RecordActivity")
            return next((end for end in found if end.outcome == outcome), None)

        return until(look, f"activity of {event} {outcome}", seconds=seconds)

    def sweep(self, *, hours: int) -> None:
        """Have the sweep look for abandoned checkouts as if so many hours had passed."""
        ahead = (datetime.now(UTC) + timedelta(hours=hours)).isoformat()
        answer = self.deployment.client("lambda").invoke(
            FunctionName=self.deployment.parts["sweep"],
            Payload=json.dumps({"until": ahead}).encode(),
        )
        assert "FunctionError" not in answer, answer["Payload"].read()

    def idle(self) -> None:
        """Wait until no queue holds anything."""
        until(lambda: not any(self.deployment.queued().values()), "empty queues")
