"""Where stores' secrets lie: sealed by KMS in a row each, opened once in five minutes."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from shopbridge.abandonment.secret import Secret, drawn
from shopbridge.conditional import written
from shopbridge.errors import Unavailable
from shopbridge.stores.vault import EVERY_INSTALL, FRESH_SECONDS, Vault

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

ROW = "secret"


class Keyring:
    """
    Hands out the secret of each store; whoever erases its row makes its content unreadable.

    It outlives an uninstall, since a redaction comes later and has to find people.
    """

    def __init__(self, table: "Table", vault: Vault, clock: Callable[[], float]) -> None:
        self._table = table
        self._vault = vault
        self._clock = clock
        self._opened: dict[str, tuple[float, Secret]] = {}

    def of(self, store: str) -> Secret:
        """
        Return the secret of `store`, a new one where it has none.

        Raises:
            Unavailable: it was erased in this very moment; the next try draws anew.
        """
        found = self.known(store)
        if found is None:
            self._draw(store)
            found = self.known(store)
        if found is None:
            raise Unavailable("the store's secret was erased just now")
        return found

    def known(self, store: str) -> Secret | None:
        """Return the secret of `store`, None where nothing was ever sealed for it."""
        opened_at, secret = self._opened.get(store, (float("-inf"), None))
        if secret is None or self._clock() - opened_at > FRESH_SECONDS:
            row = self._table.get_item(Key=key_of(store), ConsistentRead=True).get("Item")
            if row is None:
                return None
            secret = Secret(self._open(store, row))
            self._opened[store] = (self._clock(), secret)
        return secret

    def _open(self, store: str, row: Any) -> str:
        return self._vault.open_for(bytes(row["sealed"]), store=store, epoch=EVERY_INSTALL)

    def _draw(self, store: str) -> None:
        """Write a new one unless somebody was quicker."""
        sealed = self._vault.seal(drawn(), store=store, epoch=EVERY_INSTALL)
        written(
            lambda: self._table.put_item(
                Item={**key_of(store), "sealed": sealed},
                ConditionExpression="attribute_not_exists(store_shard)",
            )
        )


def key_of(store: str) -> dict[str, str]:
    """Key of the row that holds the secret of `store`."""
    return {"store_shard": f"{store}#secret", "row": ROW}
