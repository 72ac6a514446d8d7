"""
The tokens in a store's row: leased while they are refreshed, replaced in one write.

Nothing here changes the row's version: a refresh must not refuse the merchant's settings.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from shopbridge import times
from shopbridge.conditional import written
from shopbridge.errors import ShopbridgeError
from shopbridge.passing import AWS_FAILURES
from shopbridge.shopify import scopes
from shopbridge.stores import row
from shopbridge.stores.row import update
from shopbridge.stores.sealed import SealedTokens, with_tokens
from shopbridge.stores.store import Store

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

LEASE: Final = timedelta(seconds=60)
"""Longer than a refresh takes that asks twice and is answered at the last moment."""

_SAME_INSTALL = "epoch = :epoch AND #status <> :gone"
_SAME_TOKEN = "epoch = :epoch AND refresh_token = :refresh"


class TokenRow:
    """Writes the tokens of one store."""

    def __init__(self, table: "Table", store: str) -> None:
        self._table = table
        self._store = store

    def lease(self, store: Store, now: datetime) -> int | None:
        """
        Claim the refresh of the token that `store` holds; return the lease.

        None where somebody else refreshes it, or has done so.
        """
        until = int((now + LEASE).timestamp())
        claimed = self._update(
            "SET token_lease = :until",
            f"{_SAME_TOKEN} AND (attribute_not_exists(token_lease) OR token_lease < :now)",
            {**_token(store), ":until": until, ":now": int(now.timestamp())},
        )
        return until if claimed else None

    def release(self, lease: int) -> None:
        """Let others try at once, if the lease is still ours."""
        self._update("REMOVE token_lease", "token_lease = :lease", {":lease": lease})

    @contextmanager
    def let_go_on_failure(self, lease: int) -> Iterator[None]:
        """Let the next worker try at once; one that dies holds the lease for a minute."""
        try:
            yield
        except (ShopbridgeError, *AWS_FAILURES):
            with suppress(*AWS_FAILURES):
                self.release(lease)
            raise

    def refreshed(self, before: Store, tokens: SealedTokens, now: datetime) -> Store | None:
        """Replace the pair that `before` holds; None where somebody else replaced it first."""
        granted_at = before.authorised_at or before.installed_at
        after = with_tokens(before, tokens, granted_at)
        done = self._write(after, _SAME_TOKEN, _token(before), {"scopes_at": times.text(now)})
        return after if done else None

    def authorised(self, before: Store, tokens: SealedTokens, at: datetime) -> Store | None:
        """
        Take what the merchant granted `at` within the same install.

        None where the store was uninstalled or installed anew meanwhile.
        """
        after = with_tokens(before, tokens, at)
        return after if self._write(after, _SAME_INSTALL, _install(before), {}) else None

    def refused(self, before: Store, now: datetime) -> bool:
        """Note that Shopify refuses the refresh token of `before`; False where it moved on."""
        return self._update(
            "SET reauthorise_since = if_not_exists(reauthorise_since, :now) REMOVE token_lease",
            _SAME_TOKEN,
            {**_token(before), ":now": times.text(now)},
        )

    def granted(self, before: Store, granted: frozenset[str], at: datetime) -> bool:
        """Note the scopes granted `at`; False where newer ones are noted, or another install."""
        return self._update(
            "SET scopes = :scopes, scopes_at = :at",
            f"{_SAME_INSTALL} AND (attribute_not_exists(scopes_at) OR scopes_at < :at)",
            {**_install(before), ":scopes": scopes.text(granted), ":at": times.text(at)},
            {"#status": "status"},
        )

    def _write(
        self, after: Store, condition: str, values: Mapping[str, Any], also: Mapping[str, Any]
    ) -> bool:
        names, written_values, expression = update(
            {**row.tokens(after), **also, "token_lease": None}
        )
        if "#status" in condition:
            names = {**names, "#status": "status"}
        return self._update(expression, condition, {**written_values, **values}, names)

    def _update(
        self,
        expression: str,
        condition: str,
        values: Mapping[str, Any],
        names: Mapping[str, str] | None = None,
    ) -> bool:
        named = {"ExpressionAttributeNames": dict(names)} if names else {}
        return written(
            lambda: self._table.update_item(
                Key={"store": self._store},
                UpdateExpression=expression,
                ConditionExpression=condition,
                ExpressionAttributeValues=dict(values),
                **named,  # type: ignore[arg-type]  # the stubs know no optional keywords
            )
        )


def _install(store: Store) -> dict[str, Any]:
    return {":epoch": store.epoch, ":gone": "uninstalled"}


def _token(store: Store) -> dict[str, Any]:
    return {":epoch": store.epoch, ":refresh": store.sealed_refresh_token}
