"""
Counts a store's customers, and those who lack what a primary key needs.

`customersCount` searches by id and dates only (API 2026-10), so who lacks something is
listed and counted: a few pages, then the number is a lower bound and says so.
"""

from dataclasses import dataclass
from typing import Final, Literal

from shopbridge.errors import AdminUnavailable
from shopbridge.shopify.documents import load
from shopbridge.shopify.people import Model
from shopbridge.shopify.readers import Asks

A_PAGE: Final = 250
"""Customers in one answer, at most; set by Shopify."""
PAGES: Final = 8
"""Pages that are read for one number: about 2.5 s of a request that somebody waits for."""

Field = Literal["email", "phone"]


@dataclass(frozen=True, slots=True)
class Number:
    """How many; at least so many where it is not exact."""

    number: int
    is_exact: bool


class Count(Model):
    """Shopify's own count."""

    count: int
    precision: Literal["EXACT", "AT_LEAST"]


class PageInfo(Model):
    """Whether there is more, and where."""

    has_next_page: bool
    end_cursor: str | None = None


class Page(Model):
    """Some of the customers that were searched for."""

    nodes: tuple[object, ...]
    page_info: PageInfo


def customers(gateway: Asks) -> Number:
    """
    Count all customers.

    Raises:
        AdminUnavailable: Shopify cannot say now.
        AdminRejected: Shopify refuses the app or the store.
    """
    told = gateway.ask(load("customers_count"), {}).data.get("customersCount")
    if told is None:
        raise AdminUnavailable("an answer without the count")
    count = Count.model_validate(told)
    return Number(count.count, count.precision == "EXACT")


def lacking(gateway: Asks, field: Field) -> Number:
    """Count the customers without `field`, as far as `PAGES` go; raises what `customers` does."""
    found, after = 0, None
    for _ in range(PAGES):
        asked = {"query": f"-{field}:*", "first": A_PAGE, "after": after}
        told = gateway.ask(load("customers_found"), asked).data.get("customers")
        if told is None:
            raise AdminUnavailable("an answer without the customers")
        page = Page.model_validate(told)
        found, after = found + len(page.nodes), page.page_info.end_cursor
        if not page.page_info.has_next_page:
            return Number(found, is_exact=True)
    return Number(found, is_exact=False)
