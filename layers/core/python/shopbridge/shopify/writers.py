"""Writes to a store: what somebody said about marketing, and what a profile adds to a customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shopbridge import reasons
from shopbridge.commands import ChangeConsent, Channel
from shopbridge.errors import AdminRejected
from shopbridge.shopify.documents import load
from shopbridge.shopify.people import Customer
from shopbridge.shopify.readers import Asks
from shopbridge.shopify.verdict import DENIED, Answer

_CONSENT = {"email": "emailMarketingConsent", "sms": "smsMarketingConsent"}


class ScopeMissing(AdminRejected):
    """The merchant has not granted `write_customers`."""


class Refused(AdminRejected):
    """Shopify does not take a value; `fields` are the inputs that it names."""

    def __init__(self, errors: Sequence[Mapping[str, Any]]) -> None:
        named = {str(error["field"][-1]) for error in errors if error.get("field")}
        codes = {str(error["code"]) for error in errors if error.get("code")}
        super().__init__(f"Shopify refuses {', '.join(sorted(named | codes)) or 'the change'}")
        self.fields = frozenset(named)


@dataclass(frozen=True, slots=True)
class Writer:
    """One store's mutations; each raises `AdminUnavailable` where its end is not known."""

    gateway: Asks

    def consent(self, said: ChangeConsent) -> None:
        """
        Write what a customer said, with the time when they did.

        Raises:
            Refused: Shopify does not take it.
            ScopeMissing: the app may not write customers.
        """
        assert said.at is not None
        state: dict[str, str] = {
            "marketingState": said.state.upper(),
            "consentUpdatedAt": f"{said.at:%Y-%m-%dT%H:%M:%SZ}",
        }
        if said.state == "subscribed":
            state["marketingOptInLevel"] = "SINGLE_OPT_IN"
        asked = {"customerId": gid(said.customer_id), _CONSENT[said.channel]: state}
        self._write(_document(said.channel), {"input": asked})

    def create(self, values: Mapping[str, Any]) -> Customer | None:
        """Make a customer; None where Shopify does not show it to us."""
        (made,) = self._write("customer_create", {"input": dict(values)})
        return Customer.model_validate(made["customer"]) if made.get("customer") else None

    def fill(self, customer: str, values: Mapping[str, Any], tags: Sequence[str]) -> None:
        """Write `values` and add `tags`, in one request; nothing else of the customer changes."""
        self._write(
            "customer_fill",
            {
                "input": {"id": gid(customer), **values},
                "id": gid(customer),
                "tags": list(tags),
                "fills": bool(values),
                "tagged": bool(tags),
            },
        )

    def _write(self, document: str, variables: dict[str, Any]) -> list[dict[str, Any]]:
        answer: Answer = self.gateway.ask(load(document), variables)
        if any(problem.code == DENIED for problem in answer.problems):
            raise ScopeMissing(reasons.SCOPE_MISSING)
        payloads = [payload for payload in answer.data.values() if payload]
        errors = [error for payload in payloads for error in payload["userErrors"]]
        if errors:
            raise Refused(errors)
        if not payloads:
            raise AdminRejected("Shopify says nothing of the change")
        return payloads


def gid(customer: str) -> str:
    """Return the id of a customer as GraphQL has it."""
    return f"gid://shopify/Customer/{customer}"


def _document(channel: Channel) -> str:
    return f"{channel}_consent"
