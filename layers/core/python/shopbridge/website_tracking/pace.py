"""How many events of one store are taken in a minute: a flood of one must not drown others."""

from datetime import datetime, timedelta
from typing import Final

from shopbridge.aws.dynamodb import DynamoDb
from shopbridge.aws.errors import ConditionFailed

MOST_A_MINUTE: Final = 1_200
"""Events of one store; a storefront with 20 a second has many visitors."""

KEPT: Final = timedelta(hours=1)
"""How long a count is kept; it is read within its minute alone."""


class Pace:
    """Counts in the ledger's table, a row for each store and minute."""

    def __init__(self, dynamodb: DynamoDb, table: str, most: int = MOST_A_MINUTE) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._most = most

    def allows(self, store: str, now: datetime) -> bool:
        """Count one more event of `store`; False where this minute has had its share."""
        try:
            self._dynamodb.update_item(
                self._table,
                key(store, now),
                "ADD #taken :one SET expires = if_not_exists(expires, :expires)",
                condition="attribute_not_exists(#taken) OR #taken < :most",
                names={"#taken": "taken"},
                values={
                    ":one": 1,
                    ":most": self._most,
                    ":expires": int((now + KEPT).timestamp()),
                },
                return_old_on_failure=False,
            )
        except ConditionFailed:
            return False
        return True


def key(store: str, now: datetime) -> dict[str, str]:
    """Key of the row that counts one store's minute; no delivery's begins so."""
    return {"delivery": f"pace#{store}", "row": f"{now:%Y-%m-%dT%H:%M}"}
