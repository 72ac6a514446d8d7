"""
Bulk operations of one store: queries that Shopify runs in its own time and answers with a file.

Five may run at once for an app in a store (API 2026-01 and later). Only what is asked here
costs points; the export itself costs none.
"""

from dataclasses import dataclass
from typing import Final, Literal

from shopbridge.errors import AdminRejected, AdminUnavailable
from shopbridge.shopify.documents import load
from shopbridge.shopify.people import Model
from shopbridge.shopify.readers import Asks

MOST: Final = 5
"""At once, for the app in this store; set by Shopify."""

Status = Literal["CREATED", "RUNNING", "CANCELING", "COMPLETED", "FAILED", "CANCELED", "EXPIRED"]
UNDER_WAY: Final[tuple[Status, ...]] = ("CREATED", "RUNNING")

_BUSY: Final = frozenset({"LIMIT_REACHED", "OPERATION_IN_PROGRESS"})


class Told(Model):
    """How far an operation is."""

    status: Status
    error_code: str | None = None
    object_count: int
    """Lines of the result so far: objects of the first list and those nested in them."""
    root_object_count: int
    file_size: int | None = None
    url: str | None = None
    """Where the whole result lies, for seven days; None where it is empty, or not whole."""


class Begun(Model):
    """An operation among others."""

    id: str
    status: Status
    query: str


@dataclass(frozen=True, slots=True)
class BulkOperations:
    """What may be asked about bulk operations of one store."""

    gateway: Asks

    def run(self, query: str, *, grouped: bool) -> str | None:
        """
        Begin one and return its id; None where too many are under way.

        Raises:
            AdminUnavailable: no answer: it may have begun all the same (`find`).
            AdminRejected: Shopify does not take the query, the app or the store.
        """
        answer = self.gateway.ask(load("bulk_run"), {"query": query, "grouped": grouped})
        told = answer.data.get("bulkOperationRunQuery")
        if told is None:
            raise AdminUnavailable("an answer without the bulk operation")
        codes = {str(error["code"]) for error in told["userErrors"]}
        if codes & _BUSY:
            return None
        if codes or not told["bulkOperation"]:
            raise AdminRejected(f"Shopify refuses a bulk query: {', '.join(sorted(codes))}")
        return str(told["bulkOperation"]["id"])

    def look(self, id_: str) -> Told | None:
        """
        Return how far it is; None where Shopify knows it no more.

        Raises:
            AdminUnavailable: not now.
            AdminRejected: Shopify refuses the app or the store.
        """
        answer = self.gateway.ask(load("bulk_look"), {"id": id_})
        if answer.problems:
            raise AdminUnavailable("an answer with holes")
        told = answer.data.get("bulkOperation")
        return None if told is None else Told.model_validate(told)

    def find(self, query: str, besides: str = "") -> str | None:
        """
        Return the newest operation that asks for exactly this, and may still bring it.

        It is another one than `besides`.

        Raises:
            AdminUnavailable: not now.
            AdminRejected: Shopify refuses the app or the store.
        """
        told = self.gateway.ask(load("bulk_recent"), {}).data.get("bulkOperations")
        if told is None:
            raise AdminUnavailable("an answer without the bulk operations")
        for node in told["nodes"]:
            one = Begun.model_validate(node)
            if one.query == query and one.id != besides and one.status in (*UNDER_WAY, "COMPLETED"):
                return one.id
        return None

    def cancel(self, id_: str) -> None:
        """
        Let it end without a result; one that is over stays as it is.

        Raises:
            AdminUnavailable: not now.
            AdminRejected: Shopify refuses the app or the store.
        """
        self.gateway.ask(load("bulk_cancel"), {"id": id_})
