"""
Receipts of one store in DynamoDB.

Netcore has no idempotency key, so a receipt begins as a claim with a lease:

    claim ──send──▶ accept        the effect is outside, for good
      │  └─refused─▶ release      nothing happened, anybody may claim again
      └──no answer─▶ doubt        may have happened; the next claim is a counted resend
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2s
from typing import TYPE_CHECKING, Any, Literal

from botocore.exceptions import ClientError

from shopbridge import batched, times
from shopbridge.conditional import written
from shopbridge.receipts.effects import shard_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


@dataclass(frozen=True, slots=True)
class Claim:
    """What became of the wish to send an effect."""

    state: Literal["ours", "resend", "taken", "accepted"]
    seconds: float = 0
    """For `taken`: until the other worker's lease ends."""
    again: bool = False
    """For `accepted`: by this very command, whose end was not written down."""


class Receipts:
    """Claims and receipts of one store; it cannot reach another's."""

    def __init__(self, table: "Table", store: str) -> None:
        self._table = table
        self._store = store

    def claim(self, effect: str, by: str, now: datetime, until: datetime) -> Claim:
        """
        Make `effect` ours to send; never two workers' at the same time.

        `by` is the command that sends it; after `until` another may.
        """
        epoch = int(now.timestamp())
        holder = _holder(by)
        try:
            before = self._table.update_item(
                Key=self._key(effect),
                UpdateExpression="SET lease_until = :until, holder = :holder",
                ConditionExpression="attribute_not_exists(effect) OR "
                "(attribute_not_exists(accepted_at) AND lease_until <= :epoch)",
                ExpressionAttributeValues={
                    ":until": int(until.timestamp()) + 1,
                    ":epoch": epoch,
                    ":holder": holder,
                },
                ReturnValues="ALL_OLD",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            ).get("Attributes")
        except ClientError as exc:
            if exc.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return self._refused(effect, holder, exc, epoch)
        return Claim("resend" if before else "ours")

    def accepted(self, effects: Iterable[str]) -> set[str]:
        """
        Return those of `effects` that Netcore has accepted.

        Raises:
            Unavailable: DynamoDB does not say for all.
        """
        keys = [self._key(effect) for effect in dict.fromkeys(effects)]
        found = batched.rows(self._table, keys)
        return {str(row["effect"]) for row in found if "accepted_at" in row}

    def accept(self, sent: Mapping[str, str], now: datetime) -> Iterator[str]:
        """
        Turn claims into receipts, many with one write, and yield each effect that has its own.

        `sent` names the command that sent each effect; Netcore accepted all of them.

        Raises:
            Unavailable: DynamoDB takes no more of them now.
        """
        rows = [
            {**self._key(effect), "holder": _holder(by), "accepted_at": times.text(now)}
            for effect, by in sent.items()
        ]
        return (str(row["effect"]) for row in batched.put(self._table, rows))

    def release(self, effect: str) -> None:
        """Give the claim back: nothing was applied."""
        written(
            lambda: self._table.delete_item(
                Key=self._key(effect),
                ConditionExpression="attribute_not_exists(accepted_at)",
            )
        )

    def doubt(self, effect: str) -> None:
        """End the lease but keep the claim: the send may have been applied."""
        written(
            lambda: self._table.update_item(
                Key=self._key(effect),
                UpdateExpression="SET lease_until = :zero",
                ConditionExpression="attribute_not_exists(accepted_at)",
                ExpressionAttributeValues={":zero": 0},
            )
        )

    def _refused(self, effect: str, holder: str, exc: ClientError, epoch: int) -> Claim:
        old: dict[str, Any] = exc.response.get("Item") or {}  # type: ignore[assignment]  # typed form differs
        if not old:
            row = self._table.get_item(Key=self._key(effect), ConsistentRead=True)
            old = dict(row.get("Item", {}))
        else:
            old = {name: next(iter(value.values())) for name, value in old.items()}
        if "accepted_at" in old:
            return Claim("accepted", again=old.get("holder") == holder)
        return Claim("taken", max(1.0, float(old.get("lease_until", epoch)) - epoch))

    def _key(self, effect: str) -> dict[str, str]:
        return {"store_shard": shard_of(self._store, effect), "effect": effect}


def _holder(command: str) -> str:
    """Write a command's name in 12 characters: receipts are kept for ever."""
    return blake2s(command.encode(), digest_size=6).hexdigest()
