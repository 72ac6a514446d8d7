"""Finds in Shopify whom Netcore speaks of: by primary key, then e-mail, then phone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from shopbridge.commands import Identity
from shopbridge.errors import AdminRejected, AdminUnavailable
from shopbridge.phone import digits, international
from shopbridge.shopify.buying import EMAIL
from shopbridge.shopify.documents import load
from shopbridge.shopify.people import Customer
from shopbridge.shopify.readers import Asks, Reader

MOST: Final = 10
"""Customers with one address that are looked at; Shopify itself allows one."""


@dataclass(frozen=True, slots=True)
class Finder:
    """One store's customers; `country` is where numbers without prefix belong."""

    gateway: Asks
    country: str = ""

    def find(self, person: Identity) -> list[Customer]:
        """
        Return who it is, the likeliest first; several where they share an address.

        A primary key that leads to nobody is followed by the addresses: the customer may
        have been merged or made anew.

        Raises:
            AdminUnavailable: Shopify cannot say now.
            AdminRejected: Shopify refuses the app or the store, or keeps these fields from us.
        """
        return self._by_id(person) or self._by_email(person) or self._by_phone(person)

    def _by_id(self, person: Identity) -> list[Customer]:
        if not person.customer_id:
            return []
        read = Reader(self.gateway).customers([person.customer_id])
        if person.customer_id not in read.customers:
            raise AdminUnavailable("the customer could not be read")
        found = read.customers[person.customer_id]
        return [found] if found else []

    def _by_email(self, person: Identity) -> list[Customer]:
        email = person.email or ""
        if not re.fullmatch(EMAIL, email):
            return []
        found = self._of("emailAddress", email, f'email:"{email}"')
        return [one for one in found if (one.email or "").casefold() == email.casefold()]

    def _by_phone(self, person: Identity) -> list[Customer]:
        number = international(person.phone, self.country)
        if number is None:
            return []
        found = self._of("phoneNumber", f"+{number}", f'phone:"+{number}"')
        return [one for one in found if digits(one.phone) == number]

    def _of(self, field: str, value: str, query: str) -> list[Customer]:
        """Ask for the one that has the address, and search: others may have it too."""
        asked = {"identifier": {field: value}, "query": query, "first": MOST}
        answer = self.gateway.ask(load("customers_of_address"), asked)
        if answer.problems:
            raise AdminRejected(f"Shopify answers in part: {answer.problems[0].code}")
        found = {one.id: one for one in map(Customer.model_validate, _nodes(answer.data))}
        return list(found.values())


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    if data.get("customerByIdentifier"):
        yield data["customerByIdentifier"]
    yield from data["customers"]["nodes"]
