"""The rows of one store's contacts in DynamoDB; a write says what it expects to find."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from shopbridge import batched, times
from shopbridge.commands import Channel
from shopbridge.consents.merge import Wanted
from shopbridge.contacts.row import Row
from shopbridge.errors import Unavailable
from shopbridge.receipts.effects import shard_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_ATTEMPTS = 5

WANTED = ("email_wanted", "email_address", "sms_wanted", "sms_address")
"""What must not have moved when something is noted as sent."""


class Contacts:
    """Contacts of one store; it cannot reach another's."""

    def __init__(self, table: "Table", store: str) -> None:
        self._table = table
        self._store = store

    def get(self, customers: Iterable[str]) -> dict[str, Row]:
        """Read the rows of `customers`, an empty one for each that has none."""
        found = {customer: Row(customer) for customer in customers}
        keys = [self._key(customer) for customer in found]
        for item in batched.rows(self._table, keys):
            found[str(item["customer"])] = Row(str(item["customer"]), item)
        return found

    def want(self, row: Row, said: Mapping[Channel, Wanted]) -> Row:
        """
        Merge what was `said` into the row and return it as it is then.

        Raises:
            Unavailable: others kept writing it.
        """
        for _ in range(_ATTEMPTS):
            changes = row.merged(said)
            if not changes:
                return row
            expected = [name for name in changes if not name.endswith(("_at", "_history"))]
            after = self._update(row, changes, expected)
            if after:
                return after
            row = self.get([row.customer])[row.customer]
        raise Unavailable("the contact's row keeps changing")

    def begin_blacklisting(self, row: Row, now: datetime) -> bool:
        """
        Note, before the call, that Netcore may have the contact blacklisted from now on.

        False where the customer has said something else meanwhile.
        """
        at = times.text(now)
        changes = {"blacklisted_at": at, "blocked_since": row.item.get("blocked_since", at)}
        return bool(self._update(row, changes, ("email_wanted",), remove="unblock_by"))

    def sent(self, row: Row, changes: Mapping[str, Any], version: str | None = None) -> Row | None:
        """
        Note what was sent; None where it is no longer what the row wants.

        With `version` (when the reading of it began) also where something newer was sent.
        """
        return self._update(row, changes, WANTED, newer=version)

    def claim_unblocking(self, row: Row, command: str) -> bool:
        """Make `command` the one that is listed as `unblock needed` for this contact."""
        if "unblock_by" in row.item:
            return bool(row.item["unblock_by"] == command)
        changes = {"unblock_by": command}
        return bool(self._update(row, changes, ("email_wanted", "unblock_by")))

    def lift(self, customer: str) -> None:
        """Note that an operator has unblocked the contact in Netcore's panel."""
        self._table.update_item(
            Key=self._key(customer),
            UpdateExpression="REMOVE blacklisted_at, blocked_since, unblock_by",
        )

    def _update(
        self,
        row: Row,
        changes: Mapping[str, Any],
        expected: Iterable[str],
        *,
        newer: str | None = None,
        remove: str = "",
    ) -> Row | None:
        """Write `changes` if the `expected` attributes are as `row` has them."""
        conditions, values = _as_read(row, expected)
        if newer is not None:
            values[":newer"] = newer
            conditions.append("(attribute_not_exists(#version) OR #version < :newer)")
        values |= {f":{name}": value for name, value in changes.items()}
        names = {*changes, *expected} | ({"version"} if newer is not None else set())
        update = "SET " + ", ".join(f"#{name} = :{name}" for name in changes)
        try:
            after = self._table.update_item(
                Key=self._key(row.customer),
                UpdateExpression=update + (f" REMOVE {remove}" if remove else ""),
                ConditionExpression=" AND ".join(conditions),
                ExpressionAttributeNames={f"#{name}": name for name in names},
                ExpressionAttributeValues=values,
                ReturnValues="ALL_NEW",
            )
        except ClientError as exc:
            if exc.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return None
        return Row(row.customer, after["Attributes"])

    def _key(self, customer: str) -> dict[str, str]:
        return {"store_shard": shard_of(self._store, customer), "customer": customer}


def _as_read(row: Row, names: Iterable[str]) -> tuple[list[str], dict[str, Any]]:
    """Write the condition that `names` still are as they were in `row`."""
    known = {f":old_{name}": row.item[name] for name in names if name in row.item}
    conditions = [
        f"#{name} = :old_{name}" if name in row.item else f"attribute_not_exists(#{name})"
        for name in names
    ]
    return conditions, known
