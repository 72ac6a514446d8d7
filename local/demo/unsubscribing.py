"""One person unsubscribes in a mail of Netcore's, another in the store; both sides hear of it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from local.demo.sending import wait
from local.demo.shop import Shop, number
from local.processes import NotServing
from local.store.planned import PlannedDelivery

PATIENCE_SECONDS = 60.0
LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Unsubscribes:
    """How long each took to be on the other side, and how many deliveries that were."""

    in_netcore: str
    """Number of the customer who unsubscribed in a mail of Netcore's."""
    in_shopify_seconds: float
    in_shopify: str
    """Number of the customer who unsubscribed in the store."""
    at_netcore_seconds: float
    deliveries: int


@dataclass(frozen=True, slots=True)
class People:
    """The store's people, as both simulators show them."""

    shop: Shop

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
        echoes = self.shop.deliver(self._echoes(one))
        began = time.monotonic()
        out = self.shop.deliver(self.shop.happen("unsubscribe_in_mail", other["id"]))
        who = number(other["id"])
        at_netcore = self._until(began, lambda: who in self._blacklisted())
        deliveries = 1 + echoes + out
        return Unsubscribes(number(one["id"]), in_shopify, who, at_netcore, deliveries)

    def _subscribed(self) -> list[dict[str, Any]]:
        """
        Return two customers who can be written to, subscribed ones first, the longest so first.

        The store's clock runs ahead of ours where much happens: the newest yes may lie ahead.
        """
        everybody = self.shop.see("customers")
        found = [one for one in everybody if _email(one) and _state(one) != "UNSUBSCRIBED"]
        found.sort(key=lambda one: (_state(one) != "SUBSCRIBED", _since(one)))
        if len(found) < 2:  # noqa: PLR2004 - one for each side
            raise NotServing("nobody is left in the store who could unsubscribe")
        return found[:2]

    def _echoes(self, customer: dict[str, Any]) -> list[PlannedDelivery]:
        """Return the webhooks that Shopify made of our own mutation."""
        ours = (one for one in self.shop.written() if customer["id"] in str(one["arguments"]))
        return [PlannedDelivery.from_json(made) for one in ours for made in one["webhooks"]]

    def _seen(self, customer: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self.shop.see("customers", customer["id"])
        return found

    def _blacklisted(self) -> Iterator[str]:
        url = f"{self.shop.running.netcore_url}/_received"
        received = self.shop.http.get(url).raise_for_status()
        return (str(one["id"]) for one in received.json()["blacklist"])

    def _until(self, began: float, is_there: Callable[[], bool]) -> float:
        while not is_there():
            if time.monotonic() > began + PATIENCE_SECONDS:
                raise NotServing("an unsubscribe does not reach the other side")
            wait(time.monotonic() + LOOK_SECONDS)
        return time.monotonic() - began

    def _netcore(self, control: str, what: Any) -> Any:
        url = f"{self.shop.running.netcore_url}/{control}"
        answer = self.shop.http.post(url, json=what)
        return answer.raise_for_status().json()


def _email(customer: dict[str, Any]) -> str:
    return str((customer["defaultEmailAddress"] or {}).get("emailAddress", ""))


def _since(customer: dict[str, Any]) -> str:
    return str((customer["defaultEmailAddress"] or {}).get("marketingUpdatedAt") or "")


def _state(customer: dict[str, Any]) -> str:
    return str((customer["defaultEmailAddress"] or {}).get("marketingState", ""))
