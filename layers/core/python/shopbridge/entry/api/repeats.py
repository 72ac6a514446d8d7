"""
Requests that name themselves: what comes twice under one `Idempotency-Key` is done once.

Powertools keeps what the first was answered for a day, beside the stores. Kept are digests
of key and request, not the request: its digest is keyed, since a body may be an address
that somebody could guess. Answers hold what the store's own row holds, never a key.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyPersistenceLayerError,
    IdempotencyValidationError,
)
from aws_lambda_powertools.utilities.idempotency.persistence.base import BasePersistenceLayer
from aws_lambda_powertools.utilities.typing import LambdaContext

from shopbridge.entry.api.problems import Problem, bad_request
from shopbridge.errors import Unavailable
from shopbridge.shopify import derived

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

NAME: Final = "Idempotency-Key"
PATTERN: Final = "^[!-~]{1,255}$"
METHODS: Final = frozenset({"POST", "PUT"})
KEPT: Final = timedelta(hours=24)
PARTITION: Final = "request"
"""Begins the key of a kept answer in the stores' table; no store's name is without a dot."""

Answer = dict[str, Any]


@dataclass(frozen=True)
class Repeats:
    """The kept answers of one install of one store."""

    kept: BasePersistenceLayer
    install: str
    secret: Callable[[], str]

    def once(
        self, key: str, asked: str, answer: Callable[[], Answer], context: LambdaContext
    ) -> Answer:
        """
        Answer the request `asked`, or say again what the first of its `key` was answered.

        What raises is not kept, so it may be asked again.

        Raises:
            Problem: 409 for a key of another request, or of one that is still at work.
            Unavailable: what is kept cannot be read or written now.
        """
        config = IdempotencyConfig(
            event_key_jmespath="key",
            payload_validation_jmespath="asked",
            expires_after_seconds=int(KEPT.total_seconds()),
            hash_function="sha256",
            lambda_context=context,  # ends the claim of a function that dies
        )

        @idempotent_function(  # type: ignore[untyped-decorator]  # Powertools left it bare
            data_keyword_argument="told",
            persistence_store=self.kept,
            config=config,
            key_prefix=PARTITION,
        )
        def run(*, told: Mapping[str, Any]) -> Answer:
            return answer()

        signed = derived.sign(asked, "idempotency", self.secret())
        try:
            done: Answer = run(told={"key": json.dumps([self.install, key]), "asked": signed})
        except IdempotencyAlreadyInProgressError as exc:
            raise _conflict("in_progress", "The first of this key is still at work.") from exc
        except IdempotencyValidationError as exc:
            raise _conflict("key_reused", "This key was used for something else.") from exc
        except IdempotencyPersistenceLayerError as exc:
            raise Unavailable("kept answers cannot be reached") from exc
        return done


def key_of(method: str, headers: Mapping[str, str]) -> str | None:
    """
    Read the key of a request that changes something; None where it names none.

    Raises:
        Problem: 400, it is no key.
    """
    key = headers.get(NAME.lower()) if method in METHODS else None
    if key is not None and not re.fullmatch(PATTERN.strip("^$"), key):
        raise bad_request("invalid", "1 to 255 visible characters of ASCII.", NAME.lower())
    return key


def kept_in(table: str, dynamodb: "DynamoDBClient") -> DynamoDBPersistenceLayer:
    """Keep answers in the stores' table, whose rows may expire."""
    return DynamoDBPersistenceLayer(
        table, "store", expiry_attr="expires", status_attr="progress", boto3_client=dynamodb
    )


def _conflict(code: str, message: str) -> Problem:
    return Problem(HTTPStatus.CONFLICT, code, message, NAME.lower())
