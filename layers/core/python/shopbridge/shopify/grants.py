"""
Asks Shopify for tokens: by a code, by an id token, by a refresh token.

`shopifyapp` 1.0.2 does the protocol of the last two; the code grant is not in it. Its gaps
are closed here: it sleeps on 429, dates tokens by a clock of its own, fails on lifetimes
that are no numbers, knows one client secret, and takes any shop name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final, cast

from shopify_app import AppConfig, IdTokenDetails
from shopify_app.exchange.refresh_token import refresh_access_token
from shopify_app.exchange.token_exchange import token_exchange

from shopbridge.errors import AdminRejected, AdminUnavailable, GrantRefused
from shopbridge.shopify.domain import SUFFIX, is_store
from shopbridge.shopify.grant import Grant
from shopbridge.shopify.scopes import parse
from shopbridge.shopify.token_answer import Ear, Granted
from shopbridge.shopify.wire import Http

WRONG_SECRET: Final = "invalid_client"
LONGEST_CODE: Final = 1024
"""Characters of a code that are passed on; Shopify's have 32."""


@dataclass(frozen=True)
class Grants:
    """The app's way to tokens; `secrets` are tried newest first."""

    http: Http = field(repr=False)
    client_id: str
    secrets: Callable[[], Sequence[str]] = field(repr=False)
    now: Callable[[], datetime]

    def by_code(self, store: str, code: str) -> Grant:
        """
        Redeem the code of an authorization-code grant, once.

        Raises:
            GrantRefused: Shopify does not know the code, or it was used.
            AdminUnavailable: Shopify does not answer; the code may have been used up.
        """
        if not 0 < len(code) <= LONGEST_CODE:
            raise GrantRefused(HTTPStatus.BAD_REQUEST, "no code of Shopify's")
        url = f"https://{_checked(store)}/admin/oauth/access_token"

        def ask(app: AppConfig, ear: Ear) -> None:
            body = {
                "client_id": app["client_id"],
                "client_secret": app["client_secret"],
                "code": code,
                "expiring": 1,
            }
            ear.post(url, json=body, headers={"Accept": "application/json"})

        return self._asked(ask)

    def by_id_token(self, token: IdTokenDetails) -> Grant:
        """
        Exchange a verified id token of the embedded page for tokens of its store.

        Raises:
            GrantRefused: Shopify does not accept it (any more).
            AdminUnavailable: Shopify does not answer.
        """
        return self._asked(
            lambda app, ear: token_exchange(
                "offline", app, id_token=token, http_client=cast("Http", ear)
            )
        )

    def by_refresh(self, store: str, refresh_token: str) -> Grant:
        """
        Trade a refresh token for a new pair; the same request may be repeated.

        Raises:
            GrantRefused: it was used, revoked, or too old (`invalid_grant`).
            AdminRejected: the store is frozen, locked or gone.
            AdminUnavailable: Shopify does not answer.
        """
        # No dates: `shopifyapp` would refuse to refresh a token that is still good.
        old = {"shop": _checked(store).removesuffix(SUFFIX), "refresh_token": refresh_token}
        return self._asked(
            lambda app, ear: refresh_access_token(old, app, http_client=cast("Http", ear))
        )

    def _asked(self, ask: Callable[[AppConfig, Ear], object]) -> Grant:
        """Ask under each client secret until one is known to Shopify."""
        ear = Ear(self.http)
        for secret in self.secrets():
            app: AppConfig = {
                "client_id": self.client_id,
                "client_secret": secret,
                "old_client_secret": None,
            }
            try:
                ask(app, ear)
            except GrantRefused as exc:
                if exc.error != WRONG_SECRET:
                    raise
            if ear.granted is not None:
                return self._dated(ear.granted)
        raise AdminUnavailable("Shopify knows none of the client secrets")

    def _dated(self, granted: Granted) -> Grant:
        now = self.now()
        lasting, refreshing = granted.expires_in, granted.refresh_token_expires_in
        return Grant(
            access_token=granted.access_token,
            scopes=parse(granted.scope),
            expires_at=now + timedelta(seconds=lasting) if lasting else None,
            refresh_token=granted.refresh_token,
            refresh_expires_at=now + timedelta(seconds=refreshing) if refreshing else None,
        )


def _checked(store: str) -> str:
    if not is_store(store):
        raise AdminRejected("not the domain of a store")
    return store
