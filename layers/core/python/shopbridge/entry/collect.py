"""The shell around `POST /collect`: who asks, how much, and then as a webhook is taken."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import cache
from http import HTTPStatus
from typing import Final

import msgspec

from shopbridge.aws.client import Aws
from shopbridge.aws.errors import AwsRejected
from shopbridge.commands import Commands
from shopbridge.entry import ingest
from shopbridge.entry.acceptance import Acceptance, Meant
from shopbridge.entry.webhook import SECONDS, Response
from shopbridge.environment import Environment
from shopbridge.errors import InvalidPayload, Unavailable
from shopbridge.message import Head, Message
from shopbridge.shopify import delivery
from shopbridge.shopify.delivery import Event
from shopbridge.shopify.domain import is_store
from shopbridge.shopify.reading import read
from shopbridge.stores.profile import Profile
from shopbridge.website_tracking.admission import refusal
from shopbridge.website_tracking.collected import LARGEST, PARAMS, Collected, Params, params_of
from shopbridge.website_tracking.names import OWN, TOPIC, topic
from shopbridge.website_tracking.pace import Pace

TAKEN: Final = HTTPStatus.ACCEPTED

CORS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "content-type",
    "Access-Control-Max-Age": "86400",
    "Cache-Control": "no-store",
}
"""Any page may ask, and none learns anything: there are no cookies, and answers say nothing."""


class Services(msgspec.Struct, frozen=True):
    """What a webhook function needs, and the pace of each store."""

    inside: ingest.Services
    pace: Pace


@cache
def from_environment() -> Services:
    """Build the real services, once per warm Lambda."""
    environment = Environment()
    aws = Aws.from_environment(environment.variables)
    inside = ingest.build(aws, environment)
    return Services(inside, Pace(aws.dynamodb, environment["LEDGER_TABLE"]))


class Collect(msgspec.Struct, frozen=True):
    """
    The function that takes events of websites; `translate` says what one means.

    Answers 202 to what was taken, before too; 400 to what is no event, 403 to what is
    not a storefront's or without consent, 413 and 429 to too much, 503 when AWS failed.
    """

    translate: Callable[[Collected, Params, Profile], Commands]
    services: Callable[[], Services] = from_environment

    def __call__(self, event: Event, context: object) -> Response:
        """Serve one request of API Gateway (payload format 2.0)."""
        if event["requestContext"]["http"]["method"] == "OPTIONS":
            return _answer(HTTPStatus.NO_CONTENT)
        services = self.services()
        services.inside.end_by(services.inside.now().timestamp() + SECONDS)
        try:
            status, reason = self._take(event, services)
        except InvalidPayload as exc:
            status, reason = HTTPStatus.BAD_REQUEST, str(exc)
        except (Unavailable, AwsRejected) as exc:
            services.inside.observer.unavailable(TOPIC, exc)
            return _answer(HTTPStatus.SERVICE_UNAVAILABLE)
        if reason:
            services.inside.observer.turned_away(TOPIC, reason)
        return _answer(status)

    def _take(self, event: Event, services: Services) -> tuple[HTTPStatus, str]:
        """
        Take an event in, or say why not.

        Raises:
            InvalidPayload: it is no event.
        """
        inside = services.inside
        arrival = delivery.from_http(event)
        if len(arrival.body) > LARGEST:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too large"
        collected = read(arrival.body, Collected)
        params = params_of(collected)
        store, now = collected.store.lower(), inside.now()
        profile = inside.profiles.get(store) if is_store(store) else None
        origin = (event.get("headers") or {}).get("origin", "")  # API Gateway lowers the names
        refused = refusal(collected, origin, profile, now)
        if refused:
            return HTTPStatus.FORBIDDEN, refused
        if not services.pace.allows(store, now):
            return HTTPStatus.TOO_MANY_REQUESTS, "too many in this minute"
        message = Message(_head(collected, store, now), arrival.body)

        def meant(_: Message, profile: Profile) -> Meant:
            """Read already: nobody can replay what is not kept as it came."""
            commands = tuple(self.translate(collected, params, profile))
            return Meant(collected.resource, "", commands)

        Acceptance(meant, archived=False).accept(message, inside)
        return TAKEN, ""


def _head(event: Collected, store: str, now: datetime) -> Head:
    """Name what happened, not how it was told: the same twice is a duplicate."""
    resource = event.resource
    digest = hashlib.sha256(f"{event.name}/{resource}".encode()).hexdigest()[:16]
    return Head(
        store=store,
        topic=topic(event.name) if event.name in PARAMS else f"{TOPIC}{OWN}",
        event_id=event.id if resource.startswith("event#") else digest,
        digest=digest,
        triggered_at=event.at,
        received_at=now,
        via="storefront",
    )


def _answer(status: HTTPStatus) -> Response:
    return {"statusCode": status.value, "headers": CORS, "body": ""}
