"""Who calls, and for which store: a merchant by session token, or an operator by IAM."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from shopbridge.entry.api.problems import Problem
from shopbridge.errors import InvalidSignature
from shopbridge.shopify import session
from shopbridge.shopify.domain import is_store
from shopbridge.shopify.secrets import ClientSecrets
from shopbridge.shopify.session import Session

MERCHANTS: Final = "/api/v1"
OPERATORS: Final = "/ops/v1/stores/{store}"

_MERCHANTS = re.compile(r"/api/v1(/[a-z/-]*)")
_OPERATORS = re.compile(r"/ops/v1/stores/([A-Za-z0-9.-]+)(/[a-z/-]*)")
_NEW_TOKEN: Final = {"X-Shopify-Retry-Invalid-Session-Request": "1", "WWW-Authenticate": "Bearer"}


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who may see and change one store."""

    name: str
    """As the change log names them."""
    store: str


@dataclass(frozen=True, slots=True)
class Request:
    """A request whose caller is known, and the resource it asks for."""

    caller: Caller
    path: str


@dataclass(frozen=True)
class Door:
    """Lets merchants and operators in; the store comes from the token or the IAM route alone."""

    client_id: str
    secrets: ClientSecrets
    now: Callable[[], datetime]

    def opened(self, event: Mapping[str, Any], headers: Mapping[str, str]) -> Request:
        """
        Say who calls.

        Raises:
            Problem: 401 without a session; 404 for an operator's path without an operator.
            SecretsUnavailable: nobody's signature can be checked now.
        """
        path = str(event.get("rawPath", ""))
        if operators := _OPERATORS.fullmatch(path):
            return self._operator(event, *operators.groups())
        if merchants := _MERCHANTS.fullmatch(path):
            one = self._merchant(headers.get("authorization", ""))
            return Request(Caller(f"user {one.user}", one.store), merchants[1])
        raise nothing_here()

    def _operator(self, event: Mapping[str, Any], store: str, path: str) -> Request:
        """API Gateway lets nobody through to this route whom IAM did not allow, and says who."""
        context = event.get("requestContext", {})
        arn = (context.get("authorizer") or {}).get("iam", {}).get("userArn")
        if not arn or not is_store(store):
            raise nothing_here()
        return Request(Caller(str(arn), store.lower()), path)

    def _merchant(self, authorization: str) -> Session:
        try:
            return self.session(authorization)
        except InvalidSignature as exc:
            raise Problem(
                HTTPStatus.UNAUTHORIZED, "session", "Open the app again.", headers=_NEW_TOKEN
            ) from exc

    def session(self, authorization: str) -> Session:
        """
        Believe a session token, signed with any of the client secrets.

        Raises:
            InvalidSignature: not a token of Shopify's for this app, now.
            SecretsUnavailable: nobody's signature can be checked now.
        """
        known = self.secrets.current()
        try:
            return session.verified(authorization, self.client_id, known, self.now())
        except InvalidSignature:
            newer = self.secrets.after_mismatch()
            if newer == known:
                raise
        return session.verified(authorization, self.client_id, newer, self.now())


def nothing_here() -> Problem:
    """What is not there, and what somebody else's is."""
    return Problem(HTTPStatus.NOT_FOUND, "not_found", "There is nothing here.")
