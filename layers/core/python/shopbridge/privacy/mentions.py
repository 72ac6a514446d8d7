"""Whether a delivery or command speaks of one person."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from shopbridge.commands import Identity
from shopbridge.message import Message, shown
from shopbridge.privacy.names import numbers
from shopbridge.translate.identity import usable_phone

Place = tuple[str, Any]
"""A value, and what the object around it is about: `customer`, `order` or another word."""

_DEEPEST: Final = 200
"""Levels of a body that are looked at; Shopify's have about ten."""


@dataclass(frozen=True)
class Sought:
    """One person of one store, and the orders that count as theirs."""

    person: Identity
    orders: frozenset[str] = frozenset()
    country: str = ""
    """The store's, for numbers without prefix."""
    _numbers: frozenset[str] = field(init=False)
    _ids: Mapping[str, frozenset[str]] = field(init=False)
    _texts: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        customer = frozenset(filter(None, [self.person.customer_id]))
        texts = {f"customer#{one}" for one in customer} | {f"order#{one}" for one in self.orders}
        texts |= {f"gid://shopify/customer/{one}" for one in customer}
        texts |= {f"gid://shopify/order/{one}" for one in self.orders}
        texts |= {self.person.email.casefold()} if self.person.email else set()
        object.__setattr__(self, "_numbers", frozenset(self._spelt(self.person.phone)))
        object.__setattr__(
            self, "_ids", {"customer": customer, "cust": customer, "order": self.orders}
        )
        object.__setattr__(self, "_texts", frozenset(texts))

    def resources(self) -> list[str]:
        """Name what the ledger files under the person: the customer, then their orders."""
        customer = self.person.customer_id
        orders = (f"order#{order}" for order in sorted(self.orders, key=int))
        return [*([f"customer#{customer}"] if customer else []), *orders]

    def is_in(self, message: Message) -> bool:
        """Whether body or commands of `message` name the person; a damaged body names nobody."""
        commands = shown(message.head).get("commands", ())
        try:
            body = msgspec.json.decode(message.body) if message.body else None
        except (msgspec.DecodeError, RecursionError):
            body = None
        topic = message.head.topic.partition("/")[0].partition(".")[0]
        return self._is_in(body, _singular(topic)) or self._is_in(commands, "")

    def is_among(self, values: Iterable[str]) -> bool:
        """Whether one of a contact's values is the person's id, address or number."""
        ids = self._ids["customer"]
        return any(value in ids or self._is_text(value) for value in values)

    def _is_in(self, told: object, about: str) -> bool:
        level: list[Place] = [(about, told)]
        for _ in range(_DEEPEST):
            if any(self._is_text(value) for _, value in level):
                return True
            named = [one for place in level for one in _named(*place)]
            if any(self._is_id(*one) for one in named):
                return True
            level = [inner for place in level for inner in _inside(*place)]
            if not level:
                break
        return False

    def _is_id(self, about: str, value: object) -> bool:
        return str(value).rpartition("/")[2] in self._ids.get(about, ())

    def _is_text(self, value: object) -> bool:
        if not isinstance(value, str):
            return False
        if value.casefold() in self._texts:
            return True
        return bool(self._numbers) and not self._numbers.isdisjoint(self._spelt(value))

    def _spelt(self, phone: str | None) -> set[str]:
        """Return the ways to write what may be a number; none for anything else."""
        usable = usable_phone(phone)
        return numbers(usable, self.country) if usable else set()


def _named(about: str, told: object) -> Iterator[Place]:
    """Yield the ids that an object holds, each with what it is the id of."""
    if isinstance(told, dict):
        for key, value in told.items():
            word = key.replace("_", "").lower()
            if word.endswith("id") and isinstance(value, int | str):
                yield (about if word == "id" else word.removesuffix("id")), value


def _inside(about: str, told: object) -> Iterator[Place]:
    if isinstance(told, dict):
        yield from ((_singular(key), value) for key, value in told.items())
    elif isinstance(told, list | tuple):
        yield from ((about, value) for value in told)


def _singular(word: str) -> str:
    return word.lower().removesuffix("s")
