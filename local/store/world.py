"""One store's whole state, in the field names of Shopify's own GraphQL schema."""

import random
import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from local.store.money import bag
from local.store.people import Cast
from local.store.resources import Resource, States

SHOP = "vapid-store.myshopify.com"
_SECOND = timedelta(seconds=1)
_WIDE_IDS = 0.2
"""Share of ids that a float cannot hold."""


class World:
    """
    A store's resources by gid, its people and its clock.

    `now` moves only when told, so the same seed and start make the same life again.
    """

    def __init__(
        self,
        shop: str = SHOP,
        *,
        seed: int = 1,
        start: datetime | None = None,
        currency: str = "USD",
        utc_offset: timedelta = timedelta(hours=5, minutes=30),
    ) -> None:
        self.shop = shop
        self.currency = currency
        self.utc_offset = utc_offset
        self.random = random.Random(seed)
        self.now = start or datetime.now(UTC)
        self.people = Cast(self.random, "" if shop == SHOP else shop.partition(".")[0])
        self.resources: dict[str, Resource] = {}
        self._by_kind: dict[str, dict[str, Resource]] = defaultdict(dict)
        self._touched: dict[str, set[str] | None] = {}
        self.order_number = 1000

    def stamp(self) -> str:
        """Now, as GraphQL writes it: whole seconds, UTC."""
        return self.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def money(self, amount: Decimal, presentment: str | None = None) -> Resource:
        """Build a `MoneyBag` of an amount in the shop's currency."""
        return bag(amount, self.currency, presentment or self.currency)

    def uuid(self) -> str:
        """Make the next random identifier."""
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def token(self, kind: str | None = None) -> str:
        """Make the next 32 hex digits; a canary of `kind`, if given."""
        made = f"{self.random.getrandbits(128):032x}"
        return self.people.secret(kind, made) if kind else made

    def number(self) -> int:
        """Make the next resource number: 13 digits, and sometimes beyond 2^53."""
        if self.random.random() < _WIDE_IDS:
            return 2**53 + self.random.randrange(1, 10**17)
        return self.random.randrange(10**12, 10**13)

    def add(self, kind: str, id_number: int | None = None, **fields: Any) -> Resource:
        """Create a resource of GraphQL type `kind`; id and time stamps are filled in."""
        number = id_number or self.number()
        gid = f"gid://shopify/{kind}/{number}"
        now = self.stamp()
        resource = {
            "__typename": kind,
            "id": gid,
            "legacyResourceId": str(number),
            "createdAt": now,
            "updatedAt": now,
            **fields,
        }
        self._keep(resource)
        self._touched[resource["id"]] = set(resource)
        return resource

    def change(self, resource: Resource, **fields: Any) -> None:
        """
        Write fields of a resource and stamp it.

        Two happenings never stamp a resource with the same second: the clock is moved on.
        """
        gid = resource["id"]
        if gid not in self._touched and resource["updatedAt"] >= self.stamp():
            self.now = max(self.now, datetime.fromisoformat(resource["updatedAt"])) + _SECOND
        resource.update(fields, updatedAt=self.stamp())
        written = self._touched.setdefault(gid, set()) or set()
        self._touched[gid] = written | set(fields) | {"updatedAt"}

    def remove(self, resource: Resource) -> None:
        """Delete a resource."""
        self._drop(resource["id"])
        self._touched[resource["id"]] = None

    def get(self, gid: str) -> Resource:
        """Return the resource with that gid (`KeyError` if there is none)."""
        return self.resources[gid]

    def all(self, kind: str) -> Iterator[Resource]:
        """Every resource of one GraphQL type, oldest first."""
        return iter(list(self._by_kind[kind].values()))

    def states(self) -> States:
        """Copies of the fields written since the last call; None for what was removed."""
        touched, self._touched = self._touched, {}
        return {
            gid: None
            if fields is None
            else {name: _copied(self.resources[gid][name]) for name in sorted(fields)}
            for gid, fields in touched.items()
        }

    def apply(self, states: States) -> None:
        """Repeat here what happened in another copy of this world."""
        for gid, state in states.items():
            if state is None:
                self._drop(gid)
            elif gid in self.resources:
                self.resources[gid].update(_copied(state))
            else:
                self._keep(_copied(state))

    def _keep(self, resource: Resource) -> None:
        self.resources[resource["id"]] = resource
        self._by_kind[resource["__typename"]][resource["id"]] = resource

    def _drop(self, gid: str) -> None:
        found = self.resources.pop(gid, None)
        if found is not None:
            del self._by_kind[found["__typename"]][gid]


def _copied(value: Any) -> Any:
    """Copy what JSON can hold, five times as fast as `copy.deepcopy`."""
    if isinstance(value, dict):
        return {name: _copied(each) for name, each in value.items()}
    return [_copied(each) for each in value] if isinstance(value, list) else value
