"""A store with both of its sides: the simulated Shopify and Netcore's panel, in one process."""

import re
from collections.abc import Sequence
from functools import cache, partial
from typing import Any

import httpx
from starlette.applications import Starlette

from local.netcore.in_process import InProcess
from local.store.app import Shop, create_app
from shopbridge.commands import FOR_SHOPIFY, ForShopify, Identity
from shopbridge.entry.queue import Worker
from shopbridge.shopify import wire
from shopbridge.shopify.gateway import Gateway
from shopbridge.shopify.readers import Reader
from shopbridge.shopify.verdict import Answer
from shopbridge.stores.store import Store
from shopbridge.to_shopify.delivery import Services, deliver
from tests.integration.pipeline.people import People
from tests.integration.pipeline.watched import Steps

BASE = "http://store.test"


@cache
def simulator() -> Starlette:
    """One store simulator for all tests: each opens a store of its own in it."""
    return create_app([Shop("template.myshopify.com", customers=0, products=1)])


class Both(People):
    """A store whose customers are in the simulated Shopify."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        transport = InProcess(simulator())
        self.shopify = httpx.Client(transport=transport, base_url=BASE, params={"shop": self.name})
        opened = self.shopify.post("/_stores", json={"shop": self.name, "customers": 0})
        self.token = opened.json()["access_token"]
        self.admin = wire.connect(BASE, transport, self.clock.seconds)

    def someone(self, **fields: Any) -> Identity:
        """Let somebody register; return who that is."""
        told = self.live("register")
        gid = next(one for one in told["resources"] if "/Customer/" in one)
        if fields:
            self.shopify.post("/_world", json={"set": {"id": gid, "fields": fields}})
        return self.identity(gid)

    def live(self, event: str, target: str | None = None, **how: Any) -> dict[str, Any]:
        """Let something happen in Shopify; return it with its webhooks."""
        told: dict[str, Any] = self.shopify.post(
            "/_world", json={"event": event, "target": target, "how": how}
        ).json()
        return told

    def set(self, customer: str | None, **fields: Any) -> None:
        """Write fields of a customer, and tell nobody."""
        gid = f"gid://shopify/Customer/{customer}"
        self.shopify.post("/_world", json={"set": {"id": gid, "fields": fields}})

    def consents(self, customer: str | None, state: str, at: str | None) -> None:
        """Write what a customer says about e-mail, and tell nobody."""
        email = self.seen(customer)["defaultEmailAddress"]
        self.set(
            customer,
            defaultEmailAddress={**email, "marketingState": state, "marketingUpdatedAt": at},
        )

    def seen(self, customer: str | None) -> dict[str, Any]:
        """Return a customer as Shopify has it."""
        found: dict[str, Any] = self.shopify.get(f"/_world/customers/{customer}").json()
        return found

    def email_state(self, customer: str | None) -> tuple[str, str]:
        """Return what Shopify has of somebody's consent to e-mail, and since when."""
        email = self.seen(customer)["defaultEmailAddress"]
        return email["marketingState"], email["marketingUpdatedAt"]

    def identity(self, gid: str) -> Identity:
        """Return by what a customer can be found."""
        found = self.seen(gid)
        phone = found["defaultPhoneNumber"]
        return Identity(
            customer_id=gid.rpartition("/")[2],
            email=found["defaultEmailAddress"]["emailAddress"],
            phone=phone["phoneNumber"] if phone else None,
        )

    def mutations(self) -> list[dict[str, Any]]:
        """Return what was written into Shopify, oldest first."""
        told: list[dict[str, Any]] = self.shopify.get("/_received").json()["mutations"]
        return told

    def outward(
        self, *commands: ForShopify, steps: Steps | None = None, batch: int = 100
    ) -> list[str]:
        """Send commands for Shopify and run the worker until all ended."""
        events = self.send(*commands)
        self.lane.run(self.outward_worker(steps), batch=batch)
        self.lane.settle(self.outward_worker(), batch=batch)
        return self.ends(events)

    def outward_worker(self, steps: Steps | None = None) -> Worker[ForShopify, Services]:
        """Start the worker `to_shopify`."""
        steps = steps or Steps()
        services = Services(
            station=self._station(steps),
            gateway=partial(self._gateway, steps),
            settling=partial(self._settling, steps),
        )
        return Worker(FOR_SHOPIFY, deliver, lambda: services)

    def _reader(self, steps: Steps, store: Store) -> Reader:
        return Reader(Gateway(self.admin, store.name, self.token))

    def _gateway(self, steps: Steps, store: Store) -> "_Asking":
        return _Asking(steps, Gateway(self.admin, store.name, self.token))


class _Asking:
    """Makes each document a step of its own name, for example `shopify.EmailConsent`."""

    def __init__(self, steps: Steps, gateway: Gateway) -> None:
        self._steps = steps
        self._gateway = gateway

    def ask(self, document: str, variables: dict[str, Any]) -> Answer:
        """Execute `document`."""
        name = re.search(r"(?:query|mutation) (\w+)", document)
        assert name
        asked: Sequence[Any] = (document, variables)
        answer: Answer = self._steps.call(f"shopify.{name[1]}", self._gateway.ask, asked, {})
        return answer
