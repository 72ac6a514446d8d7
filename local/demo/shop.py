"""The simulated store: what happens in it, and its webhooks on their way to the app."""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import httpx

from local.demo.sending import wait
from local.run import Run
from local.store.planned import PlannedDelivery

SECOND: Final = timedelta(seconds=1)
"""The grain of Shopify's times."""


@dataclass(frozen=True, slots=True)
class Shop:
    """One simulated store; what happens in it is told to the app when it is delivered."""

    running: Run
    http: httpx.Client
    name: str
    """Its `*.myshopify.com` domain."""

    def happen(self, event: str, target: str | None = None, **how: Any) -> list[PlannedDelivery]:
        """Let something happen; return its webhooks, not sent yet."""
        told = self.ask("POST", "_world", {"event": event, "target": target, "how": how})
        return [PlannedDelivery.from_json(made) for made in told["deliveries"]]

    def deliver(self, webhooks: Iterable[PlannedDelivery]) -> int:
        """Send webhooks as Shopify does, all of which must be taken; return how many."""
        sent = list(webhooks)
        for webhook in sent:
            url = f"{self.running.api_url}/webhooks/{webhook.topic}"
            answer = self.http.post(url, content=webhook.body, headers=dict(webhook.headers))
            answer.raise_for_status()
        return len(sent)

    def register(self) -> tuple[str, list[PlannedDelivery]]:
        """Let somebody open an account; return their gid and its webhooks."""
        webhooks = self.happen("register")
        return webhooks[0].resource, webhooks

    def see(self, kind: str, gid: str = "") -> Any:
        """Return all of a kind, or the one with this gid, as the store has it now."""
        return self.ask("GET", f"_world/{kind}/{number(gid)}" if gid else f"_world/{kind}")

    def pass_by(self, kind: str, gid: str) -> None:
        """
        Come back when the second of a resource's last change is over.

        Where much happens at once the store's clock is ahead of ours, and reconciliation leaves
        to the next run what is not over yet.
        """
        over = datetime.fromisoformat(self.see(kind, gid)["updatedAt"]) + SECOND
        wait(time.monotonic() + (over - datetime.now(UTC)).total_seconds())

    def written(self) -> list[dict[str, Any]]:
        """Return the mutations that were written into the store, oldest first."""
        told: list[dict[str, Any]] = self.ask("GET", "_received")["mutations"]
        return told

    def ask(self, method: str, control: str, what: Any = None) -> Any:
        """Turn one of the simulator's controls for this store; return its answer."""
        url = f"{self.running.store_url}/{control}"
        answer = self.http.request(method, url, params={"shop": self.name}, json=what)
        return answer.raise_for_status().json()


def number(gid: str) -> str:
    """Return the number in a gid, which is what Netcore knows a customer by."""
    return gid.rpartition("/")[2]


def body(webhook: PlannedDelivery) -> dict[str, Any]:
    """Read a webhook's body."""
    told: dict[str, Any] = json.loads(webhook.body)
    return told
