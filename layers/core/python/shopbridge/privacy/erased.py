"""Who was to be forgotten: digests that keep a replay, history or backup from undoing it."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from shopbridge import times
from shopbridge.commands import (
    ChangeConsent,
    Command,
    FillCustomer,
    Identity,
    RecordActivity,
    RefreshContact,
    SendContact,
    Unsubscribe,
    WatchCheckout,
)
from shopbridge.conditional import written
from shopbridge.errors import Unavailable
from shopbridge.work import Item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

SALT: Final = "salt"
"""Row that makes a store's digests its own; without it nobody was ever to be forgotten."""

AT_ONCE: Final = 100
"""Rows in one read; set by DynamoDB."""


class Erased:
    """The forgotten of one store, in the table of receipts, whose rows do not expire."""

    def __init__(self, table: "Table", store: str) -> None:
        self._table = table
        self._partition = f"erased#{store}"

    def note(self, person: Identity, until: datetime, now: datetime) -> datetime:
        """
        Stop everything about `person`; return when this was first noted.

        An address stops what was triggered until `until`, since somebody else may have it
        later; a customer's id stops for good: whoever comes back gets a new one.
        """
        salt, begun = self._drawn(), now
        for mark in _marks(person):
            row = self._table.update_item(
                Key={"store_shard": self._partition, "effect": _digest(salt, mark)},
                UpdateExpression="SET noted = if_not_exists(noted, :now), stops_until = :until",
                ExpressionAttributeValues={":now": times.text(now), ":until": times.text(until)},
                ReturnValues="ALL_NEW",
            )
            begun = min(begun, times.parse(str(row["Attributes"]["noted"])))
        return begun

    def stopped(self, items: Sequence[Item[Any]]) -> list[bool]:
        """Say for each of `items` whether it is about somebody who was to be forgotten."""
        salt = self._salt()
        if salt is None:
            return [False] * len(items)
        marks = [list(_marks(_person(item.command))) for item in items]
        known = self._known({_digest(salt, mark) for some in marks for mark in some})
        return [
            any(
                mark.startswith("id:") or times.text(item.head.triggered_at) <= until
                for mark in some
                if (until := known.get(_digest(salt, mark)))
            )
            for item, some in zip(items, marks, strict=True)
        ]

    def _known(self, digests: Iterable[str]) -> dict[str, str]:
        name = self._table.name
        found: dict[str, str] = {}
        keys: Any = [{"store_shard": self._partition, "effect": one} for one in digests]
        while keys:
            part, keys = keys[:AT_ONCE], keys[AT_ONCE:]
            answer: Any = self._table.meta.client.batch_get_item(
                RequestItems={name: {"Keys": part}}
            )
            found |= {
                row["effect"]: row["stops_until"] for row in answer["Responses"].get(name, [])
            }
            missed = answer.get("UnprocessedKeys", {}).get(name, {}).get("Keys", [])
            if len(missed) == len(part):
                raise Unavailable("DynamoDB does not say who was to be forgotten")
            keys += missed
        return found

    def _salt(self) -> bytes | None:
        row = self._table.get_item(Key=self._key, ConsistentRead=True).get("Item")
        return bytes.fromhex(str(row["value"])) if row else None

    def _drawn(self) -> bytes:
        item = {**self._key, "value": secrets.token_hex(16)}
        written(
            lambda: self._table.put_item(
                Item=item, ConditionExpression="attribute_not_exists(effect)"
            )
        )
        salt = self._salt()
        if salt is None:
            raise Unavailable("the store's salt is gone")
        return salt

    @property
    def _key(self) -> dict[str, str]:
        return {"store_shard": self._partition, "effect": SALT}


def _person(command: Command) -> Identity:
    match command:
        case RecordActivity():
            return command.identity
        case WatchCheckout():
            return command.activity.identity
        case Unsubscribe() | FillCustomer():
            return command.person
        case RefreshContact() | SendContact() | ChangeConsent():
            return Identity(customer_id=command.customer_id)
    return Identity()


def _marks(person: Identity) -> Iterator[str]:
    if person.customer_id:
        yield f"id:{person.customer_id}"
    if person.email:
        yield f"email:{person.email.casefold()}"
    if person.phone:
        yield f"phone:{''.join(filter(str.isdecimal, person.phone))}"


def _digest(salt: bytes, mark: str) -> str:
    return hashlib.blake2b(mark.encode(), key=salt, digest_size=20).hexdigest()
