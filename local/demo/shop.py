"""The simulated store: what happens in it, and its webhooks on their way to the app."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import httpx

from local.run import Run
from local.store.planned import PlannedDelivery


@dataclass(frozen=True, slots=True)
class Shop:
    """The running system's store; what happens in it is told to the app when it is delivered."""

    running: Run
    http: httpx.Client

    def happen(self, event: str, target: str = "", **how: Any) -> list[PlannedDelivery]:
        """Let something happen; return its webhooks, not sent yet."""
        what = {"event": event, "target": target or None, "how": how}
        told = self._ask("POST", "_world", what)
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
        return self._ask("GET", f"_world/{kind}/{number(gid)}" if gid else f"_world/{kind}")

    def written(self) -> list[dict[str, Any]]:
        """Return the mutations that were written into the store, oldest first."""
        told: list[dict[str, Any]] = self._ask("GET", "_received")["mutations"]
        return told

    def _ask(self, method: str, control: str, what: Any = None) -> Any:
        url = f"{self.running.store_url}/{control}"
        answer = self.http.request(method, url, params={"shop": self.running.shop}, json=what)
        return answer.raise_for_status().json()


def number(gid: str) -> str:
    """Return the number in a gid, which is what Netcore knows a customer by."""
    return gid.rpartition("/")[2]


def body(webhook: PlannedDelivery) -> dict[str, Any]:
    """Read a webhook's body."""
    told: dict[str, Any] = json.loads(webhook.body)
    return told
