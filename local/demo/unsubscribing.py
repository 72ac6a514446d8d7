"""One person unsubscribes in a mail of Netcore's, another in the store; both sides hear of it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from local.demo.sending import wait
from local.processes import NotServing
from local.run import Run
from local.store.planned import PlannedDelivery

PATIENCE_SECONDS = 60.0
LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Unsubscribes:
    """How long each took to be on the other side, and how many deliveries that were."""

    in_shopify_seconds: float
    at_netcore_seconds: float
    deliveries: int


@dataclass(frozen=True, slots=True)
class People:
    """The store's people, as both simulators show them."""

    running: Run
    http: httpx.Client

    def unsubscribe(self, url: str, secret: str) -> Unsubscribes:
        """
        Have one person unsubscribe on each side; Netcore posts to `url` with `secret`.

        Raises:
            NotServing: somebody refused, or did not hear of it in time.
        """
        target = {"url": url, "headers": {"X-Shopbridge-Secret": secret}}
        self._netcore("_callback", target)
        one, other = self._subscribed()
        began = time.monotonic()
        told = self._netcore("_unsubscribe", {"email": _email(one)})
        if told["statuses"] != [202]:
            raise NotServing(f"an unsubscribe of Netcore's is answered {told['statuses']}")
        in_shopify = self._until(began, lambda: _state(self._seen(one)) == "UNSUBSCRIBED")
        echoes = self._post(self._echoes(one))
        began = time.monotonic()
        asked = {"event": "unsubscribe_in_mail", "target": other["id"]}
        out = self._post(self._shopify("POST", "_world", asked)["deliveries"])
        number = str(other["id"]).rpartition("/")[2]
        at_netcore = self._until(began, lambda: number in self._blacklisted())
        return Unsubscribes(in_shopify, at_netcore, 1 + echoes + out)

    def _subscribed(self) -> list[dict[str, Any]]:
        """
        Return two customers who can be written to, subscribed ones first, the longest so first.

        The store's clock runs ahead of ours where much happens: the newest yes may lie ahead.
        """
        everybody = self._shopify("GET", "_world/customers")
        found = [one for one in everybody if _email(one) and _state(one) != "UNSUBSCRIBED"]
        found.sort(key=lambda one: (_state(one) != "SUBSCRIBED", _since(one)))
        if len(found) < 2:  # noqa: PLR2004 - one for each side
            raise NotServing("nobody is left in the store who could unsubscribe")
        return found[:2]

    def _echoes(self, customer: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the webhooks that Shopify made of our own mutation."""
        mutations = self._shopify("GET", "_received")["mutations"]
        ours = (one for one in mutations if customer["id"] in str(one["arguments"]))
        return [webhook for one in ours for webhook in one["webhooks"]]

    def _post(self, deliveries: list[dict[str, Any]]) -> int:
        for made in map(PlannedDelivery.from_json, deliveries):
            url = f"{self.running.api_url}/webhooks/{made.topic}"
            answer = self.http.post(url, content=made.body, headers=dict(made.headers))
            answer.raise_for_status()
        return len(deliveries)

    def _seen(self, customer: dict[str, Any]) -> dict[str, Any]:
        number = str(customer["id"]).rpartition("/")[2]
        found: dict[str, Any] = self._shopify("GET", f"_world/customers/{number}")
        return found

    def _blacklisted(self) -> Iterator[str]:
        received = self.http.get(f"{self.running.netcore_url}/_received").raise_for_status()
        return (str(one["id"]) for one in received.json()["blacklist"])

    def _until(self, began: float, is_there: Callable[[], bool]) -> float:
        while not is_there():
            if time.monotonic() > began + PATIENCE_SECONDS:
                raise NotServing("an unsubscribe does not reach the other side")
            wait(time.monotonic() + LOOK_SECONDS)
        return time.monotonic() - began

    def _shopify(self, method: str, control: str, what: Any = None) -> Any:
        url = f"{self.running.store_url}/{control}"
        answer = self.http.request(method, url, params={"shop": self.running.shop}, json=what)
        return answer.raise_for_status().json()

    def _netcore(self, control: str, what: Any) -> Any:
        answer = self.http.post(f"{self.running.netcore_url}/{control}", json=what)
        return answer.raise_for_status().json()


def _email(customer: dict[str, Any]) -> str:
    return str((customer["defaultEmailAddress"] or {}).get("emailAddress", ""))


def _since(customer: dict[str, Any]) -> str:
    return str((customer["defaultEmailAddress"] or {}).get("marketingUpdatedAt") or "")


def _state(customer: dict[str, Any]) -> str:
    return str((customer["defaultEmailAddress"] or {}).get("marketingState", ""))
