"""The shell around every webhook function: authenticate, record once, translate, publish."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Generic, TypeVar

import msgspec

from shopbridge.aws.errors import AwsRejected
from shopbridge.commands import Commands
from shopbridge.entry.acceptance import Acceptance, Meant, park
from shopbridge.entry.https import answer, authenticate
from shopbridge.entry.ingest import Services, from_environment
from shopbridge.errors import (
    InvalidRequest,
    InvalidSignature,
    Rejected,
    Unavailable,
)
from shopbridge.message import Message
from shopbridge.shopify import delivery
from shopbridge.shopify.delivery import Event
from shopbridge.shopify.payloads.base import Payload
from shopbridge.shopify.reading import read
from shopbridge.stores.profile import Profile

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
            self._accept(delivery.identify(arrival, self.topic, services.now()), services)
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
                park(unnamed, str(exc), services)
        else:
            self._accept(message, services)

    def _replay(self, text: str, services: Services) -> Response:
        message = delivery.from_replay(text, self.topic)
        return {"outcome": self._accept(message, services)}

    def _accept(self, arrived: Message, services: Services) -> str:
        taken = Acceptance(self._meant, self.for_people, archived=not self.for_people)
        return taken.accept(arrived, services)

    def _meant(self, message: Message, store: Profile) -> Meant:
        payload = read(message.body, self.payload)
        return Meant(payload.resource, payload.title, tuple(self.translate(payload, store)))
