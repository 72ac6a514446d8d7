"""Hears what Shopify answers to a request for tokens, and takes only what makes sense."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

import msgspec

from shopbridge.errors import AdminUnavailable, GrantRefused
from shopbridge.shopify.verdict import retry_after
from shopbridge.shopify.wire import Http, post

Seconds = Annotated[int, msgspec.Meta(gt=0, le=10 * 366 * 86_400)]
Token = Annotated[str, msgspec.Meta(min_length=1, max_length=4096)]


class Granted(msgspec.Struct, frozen=True):
    """Tokens, their lifetimes and scopes, as Shopify writes them."""

    access_token: Token
    scope: str
    expires_in: Seconds | None = None
    refresh_token: Token | None = None
    refresh_token_expires_in: Seconds | None = None


@dataclass
class Ear:
    """The client that `shopifyapp` posts through: hears the answer before it does."""

    http: Http
    granted: Granted | None = None

    def post(self, url: str, *, json: dict[str, Any], headers: dict[str, str]) -> object:
        """
        Post once; the answer is kept in `granted`.

        Raises:
            AdminUnavailable: throttled, failing, silent, or an answer that makes no sense.
            GrantRefused: any other status than 200.
        """
        response = post(self.http, url, json=json, headers=headers)
        if response.status == HTTPStatus.OK:
            self.granted = _read(response.told)
        elif response.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise AdminUnavailable("429", retry_after=retry_after(response.headers))
        elif response.status == HTTPStatus.REQUEST_TIMEOUT or response.status >= 500:  # noqa: PLR2004 - HTTP's own line
            raise AdminUnavailable(str(response.status))
        else:
            raise GrantRefused(response.status, str(response.told.get("error") or ""))
        return response.raw


def _read(told: dict[str, Any]) -> Granted:
    """
    Read an answer with tokens.

    Raises:
        AdminUnavailable: no tokens, or lifetimes that make no sense.
    """
    try:
        granted = msgspec.convert(told, Granted)
    except msgspec.ValidationError:
        raise AdminUnavailable("a token answer that makes no sense") from None
    if (granted.expires_in is None) != (granted.refresh_token is None):
        raise AdminUnavailable("an expiring token that cannot be refreshed")
    return granted
