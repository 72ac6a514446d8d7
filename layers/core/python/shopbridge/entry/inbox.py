"""The shell around what Netcore posts: believed, recorded once, published; answered at once."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools import Logger

from shopbridge.aws.errors import AwsRejected
from shopbridge.entry.acceptance import Acceptance, Intake, Meant
from shopbridge.errors import InvalidPayload, InvalidRequest, Unavailable
from shopbridge.ledger.reader import Ledger
from shopbridge.message import Head, Message, read_head
from shopbridge.passing import AWS_FAILURES
from shopbridge.shopify import delivery
from shopbridge.station import trouble
from shopbridge.stores.profile import Profile
from shopbridge.to_shopify.posted import LARGEST, Posted, meaning_of, posted, resource_of
from shopbridge.to_shopify.reading import InvalidEvent, NotJson, Reading, read
from shopbridge.to_shopify.secrets import InboundSecrets

logger = Logger()

Answer = dict[str, Any]
SECONDS = 8.0
"""How long the function works on one call; Lambda ends it after 10."""

_HEADERS = {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class Services:
    """The outside world of the function; `intake` takes deliveries in."""

    intake: Intake
    secrets: Callable[[str], InboundSecrets]
    ledger: Ledger
    end_by: Callable[[float], None]

    @property
    def now(self) -> Callable[[], datetime]:
        """The clock."""
        return self.intake.now


class Reused(InvalidRequest):
    """The id of a signed call belongs to another body."""


@dataclass(frozen=True)
class Inbox:
    """
    The function behind `POST /netcore/<store>/events`.

    Answers 202 when what came is recorded and on its way, or kept for a human because its
    shape is not known; 401 without the store's secret, whether or not there is such a store;
    400, 409 or 413 with a reason to what can only be wrong; 503 when AWS failed.
    """

    services: Callable[[], Services]

    def __call__(self, event: Mapping[str, Any], context: object) -> Answer:
        """Serve one request of API Gateway's, or one replay."""
        services = self.services()
        services.end_by(services.now().timestamp() + SECONDS)
        if "replay" in event:
            return _replayed(str(event["replay"]), services)
        try:
            return self._served(posted(event, services.now()), services)
        except Reused as exc:
            return _refused(HTTPStatus.CONFLICT, str(exc), services)
        except (InvalidRequest, NotJson, InvalidEvent) as exc:
            return _refused(HTTPStatus.BAD_REQUEST, str(exc), services)
        except (Unavailable, AwsRejected, *AWS_FAILURES) as exc:
            trouble.tell("unavailable", exc, topic="netcore")
            return _answer(HTTPStatus.SERVICE_UNAVAILABLE, problem="Try again in a moment.")

    def _served(self, call: Posted, services: Services) -> Answer:
        if len(call.body) > LARGEST:
            problem = f"At most {LARGEST} bytes."
            return _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, problem, services)
        if not call.is_genuine(services.secrets(call.store)):
            return _refused(HTTPStatus.UNAUTHORIZED, "The secret is not this store's.", services)
        reading = _reading(call)
        head = call.head(reading, services.now())
        if call.signed:
            _only_once(head, services.ledger)
        outcome = _acceptance().accept(Message(head, call.body), services.intake)
        taken = len(reading.commands) if reading else 0
        return _answer(HTTPStatus.ACCEPTED, outcome=outcome, events=taken, id=head.event_id)


def _reading(call: Posted) -> Reading | None:
    """Read the body before it is taken in; None for a shape that nobody knows: it is parked."""
    try:
        return read(call.body, meaning_of(call.topic))
    except (NotJson, InvalidEvent):
        raise
    except InvalidPayload:
        return None


def _only_once(head: Head, ledger: Ledger) -> None:
    """
    Go on only if the id that was signed is not another body's.

    Raises:
        Reused: it is.
    """
    mine = f"{head.topic}#{head.digest}"
    if any(one.delivery["row"] != mine for one in ledger.event(head.store, head.event_id)):
        raise Reused("webhook-id: it was used for another body")


def _acceptance() -> Acceptance:
    return Acceptance(_meant)


def _meant(message: Message, store: Profile) -> Meant:
    del store
    commands = read(message.body, meaning_of(message.head.topic)).commands
    return Meant(resource_of(commands), "", commands)


def _replayed(text: str, services: Services) -> Answer:
    message = delivery.from_replay(text, read_head(text).topic)
    return {"outcome": _acceptance().accept(message, services.intake)}


def _refused(status: HTTPStatus, problem: str, services: Services) -> Answer:
    services.intake.observer.refused("netcore", str(status.value))
    return _answer(status, problem=problem)


def _answer(status: HTTPStatus, **told: object) -> Answer:
    return {"statusCode": status.value, "headers": _HEADERS, "body": json.dumps(told)}
