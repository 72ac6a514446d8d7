"""The shell around every webhook function: authenticate, record once, translate, publish."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any, Generic, TypeVar

import msgspec

from shopbridge import reasons
from shopbridge.aws.errors import AwsRejected
from shopbridge.commands import Command, Commands
from shopbridge.entry.https import answer, authenticate
from shopbridge.entry.ingest import Services, from_environment
from shopbridge.errors import (
    InvalidPayload,
    InvalidRequest,
    InvalidSignature,
    Rejected,
    Unavailable,
)
from shopbridge.ledger.rows import summary
from shopbridge.message import Message
from shopbridge.moments import dated
from shopbridge.shopify import delivery
from shopbridge.shopify.delivery import Event
from shopbridge.shopify.payloads.base import Payload
from shopbridge.shopify.reading import read
from shopbridge.stores.profile import Profile
from shopbridge.switches import ends_early, is_off

P = TypeVar("P", bound=Payload)
Response = dict[str, Any]
SECONDS = 3.5
"""How long a function works on one event; Lambda ends it after 4, Shopify hangs up after 5."""


class Webhook(msgspec.Struct, Generic[P], frozen=True):
    """
    The function of one topic; `translate` is the topic's whole meaning.

    Answers 200 when everything is published, recorded as seen before, or parked; 401
    to a bad signature, 400 to what is no delivery, 503 when AWS failed, so that
    Shopify delivers again. On EventBridge and in a replay a failure is raised.
    """

    topic: str
    payload: type[P]
    translate: Callable[[P, Profile], Commands]
    services: Callable[[], Services] = from_environment
    for_people: bool = False
    """About people's rights: taken for every store, and its body, which names them, travels no
    further."""
    archived: bool = True
    """Whether its body goes along to the archive, for a replay."""

    def __call__(self, event: Event, context: object) -> Response | None:
        """Serve one Lambda event of any of the three forms."""
        services = self.services()
        services.end_by(services.now().timestamp() + SECONDS)
        if "replay" in event:
            return self._replay(event["replay"], services)
        if "detail-type" in event:
            self._on_bus(event, services)
            return None
        return self._on_http(event, services)

    def _on_http(self, event: Event, services: Services) -> Response:
        try:
            arrival = delivery.from_http(event)
            authenticate(arrival, services)
            self.accept(delivery.identify(arrival, self.topic, services.now()), services)
        except InvalidSignature:
            services.observer.refused(self.topic, "signature")
            return answer(HTTPStatus.UNAUTHORIZED)
        except InvalidRequest as exc:
            services.observer.refused(self.topic, str(exc))
            return answer(HTTPStatus.BAD_REQUEST)
        except (Unavailable, AwsRejected) as exc:
            services.observer.unavailable(self.topic, exc)
            return answer(HTTPStatus.SERVICE_UNAVAILABLE)
        return answer(HTTPStatus.OK)

    def _on_bus(self, event: Event, services: Services) -> None:
        try:
            arrival = delivery.from_eventbridge(event)
            message = delivery.identify(arrival, self.topic, services.now())
        except Rejected as exc:
            unnamed = delivery.unnamed(event, self.topic, services.now())
            if services.deliveries.claim(unnamed, services.now()):
                self._park(unnamed, str(exc), services)
        else:
            self.accept(message, services)

    def _replay(self, text: str, services: Services) -> Response:
        message = delivery.from_replay(text, self.topic)
        return {"outcome": self.accept(message, services)}

    def accept(self, arrived: Message, services: Services) -> str:
        """Record an authentic delivery once, translate and publish it; return what became of it."""
        message = services.deliveries.claim(arrived, services.now())
        if message is None:
            services.observer.ended(arrived.head, "duplicate")
            return "duplicate"
        store = services.profiles.get(message.head.store)
        if store is None and self.for_people:
            head = message.head
            store = Profile(store=head.store, epoch=0, installed_at=head.triggered_at)
        if store is None:
            return self._park(message, reasons.STORE_UNKNOWN, services)
        try:
            return self._publish(message, store, services)
        except InvalidPayload as exc:
            return self._park(message, str(exc), services)

    def _publish(self, message: Message, store: Profile, services: Services) -> str:
        head, now = message.head, services.now()
        payload, commands = self._translated(message, store, now)
        if any(is_off(command, head.triggered_at, store) for command in commands):
            store = services.profiles.get(head.store, newer_than=now) or store
        ended = [ends_early(command, head.triggered_at, store) for command in commands]
        going = [(n, c) for n, (c, end) in enumerate(zip(commands, ended, strict=True)) if not end]
        head = msgspec.structs.replace(
            head, commands=tuple(c for _, c in going), numbers=tuple(n for n, _ in going)
        )
        if self.for_people or not self.archived:
            services.publisher.publish(Message(head), now, archived=False)
        else:
            services.publisher.publish(Message(head, message.body), now)
        made = [summary(c, end) for c, end in zip(commands, ended, strict=True)]
        services.deliveries.published(head, made, payload.resource, payload.title, now)
        services.observer.ended(head, "published")
        return "published"

    def _translated(
        self, message: Message, store: Profile, now: datetime
    ) -> tuple[P, tuple[Command, ...]]:
        """
        Read and translate the body.

        Raises:
            InvalidPayload: it is not what its topic promises, or our mapping fails on it.
        """
        try:
            payload = read(message.body, self.payload)
            commands = self.translate(payload, store)
            return payload, tuple(dated(c, message.head.triggered_at, now) for c in commands)
        except InvalidPayload:
            raise
        except Exception as exc:  # the same bytes would fail again: kept until we mend it
            raise InvalidPayload(f"unexpected {type(exc).__name__} in translation") from exc

    def _park(self, message: Message, reason: str, services: Services) -> str:
        now = services.now()
        kept = services.publisher.park(message, now)
        services.deliveries.parked(message.head, reason, kept, now)
        services.observer.parked(message.head, reason)
        return "parked"
