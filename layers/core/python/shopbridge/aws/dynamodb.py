"""Reading one row, and changing one on a condition."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from shopbridge.aws.endpoint import Endpoint, Session
from shopbridge.aws.errors import AwsRejected, ConditionFailed
from shopbridge.aws.items import Item, Value, from_wire, to_wire

Returned = Literal["ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"]


class DynamoDb:
    """
    The two calls that a topic function makes.

    Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/
    """

    def __init__(self, session: Session) -> None:
        self._endpoint = Endpoint(session, "dynamodb", session.url("dynamodb"))

    def get_item(
        self,
        table: str,
        key: Mapping[str, Value],
        *,
        consistent: bool = False,
        projection: Sequence[str] = (),
    ) -> Item | None:
        """
        Return the row at `key`, None if there is none.

        Args:
            consistent: see every write that was answered before; costs twice as much.
            projection: top-level attributes to read, reserved words too; empty for all.
        """
        request: dict[str, Any] = {"TableName": table, "Key": to_wire(key)}
        if consistent:
            request["ConsistentRead"] = True
        if projection:
            names = {f"#{number}": name for number, name in enumerate(projection)}
            request["ProjectionExpression"] = ",".join(names)
            request["ExpressionAttributeNames"] = names
        return _row(self._call("GetItem", request), "Item")

    def update_item(  # noqa: PLR0913 - the parts of DynamoDB's own request
        self,
        table: str,
        key: Mapping[str, Value],
        update: str,
        *,
        condition: str = "",
        names: Mapping[str, str] | None = None,
        values: Mapping[str, Value] | None = None,
        return_old_on_failure: bool = True,
        returns: Returned | None = None,
    ) -> Item | None:
        """
        Change the row at `key` if `condition` holds, and return what `returns` asks for.

        Args:
            update: such as `SET #state = :state ADD arrivals :one`.
            names: placeholders (`#state`) of attribute names.
            values: placeholders (`:state`) of values.

        Raises:
            ConditionFailed: with the row as it is, or None if there is none.
        """
        wants_old = condition and return_old_on_failure
        parts = {
            "TableName": table,
            "Key": to_wire(key),
            "UpdateExpression": update,
            "ConditionExpression": condition,
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD" if wants_old else None,
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": to_wire(values or {}),
            "ReturnValues": returns,
        }
        request = {name: part for name, part in parts.items() if part}
        try:
            answer = self._call("UpdateItem", request)
        except AwsRejected as exc:
            if exc.code != "ConditionalCheckFailedException":
                raise
            raise ConditionFailed(_row(exc.answer, "Item")) from exc
        return _row(answer, "Attributes")

    def _call(self, operation: str, request: Mapping[str, Any]) -> bytes:
        return self._endpoint.json(f"DynamoDB_20120810.{operation}", "1.0", request)


def _row(answer: bytes, name: str) -> Item | None:
    row = msgspec.json.decode(answer).get(name)
    return None if row is None else from_wire(row)
