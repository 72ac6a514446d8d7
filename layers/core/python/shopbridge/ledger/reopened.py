"""A command that was parked or failed and is on its way once more: its row waits again."""

from typing import TYPE_CHECKING

from shopbridge.conditional import written
from shopbridge.ledger.history import Row
from shopbridge.outcome import WAITING

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

RESUMED = "resumed"


def reopen(table: "Table", row: Row) -> bool:
    """
    Mark `row`, as it was read, as waiting; False where it moved on since.

    Called after the command was sent: a crash in between leaves it listed, and
    sending twice is harmless, since its effect key stays the same.
    """
    return written(
        lambda: table.update_item(
            Key={"delivery": row["delivery"], "row": row["row"]},
            UpdateExpression="SET outcome = :waiting, reason = :resumed REMOVE #open, open_at",
            ConditionExpression="outcome = :was AND #at = :at",
            ExpressionAttributeNames={"#open": "open", "#at": "at"},
            ExpressionAttributeValues={
                ":waiting": WAITING,
                ":resumed": RESUMED,
                ":was": row["outcome"],
                ":at": row["at"],
            },
        )
    )
