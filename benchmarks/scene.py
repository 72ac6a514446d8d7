"""A signed delivery, the store that it is for, and a webhook function whose AWS is in memory."""

import hmac
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from shopbridge.aws.sns import form
from shopbridge.entry.ingest import Services
from shopbridge.entry.publisher import Publisher
from shopbridge.message import Message
from shopbridge.shopify.secrets import ClientSecrets
from shopbridge.stores.profile import Profile

SHOP = "vapid-store.myshopify.com"
SECRET = "benchmark-client-secret"
TOPIC = "orders/create"
TOPIC_ARN = "arn:aws:sns:us-east-1:000000000000:commands"
NOW = datetime(2026, 11, 23, 7, 48, 3, tzinfo=UTC)

PROFILE = Profile(store=SHOP, epoch=1, installed_at=datetime(2026, 1, 1, tzinfo=UTC))


def event(body: bytes) -> dict[str, Any]:
    """Build what API Gateway hands to Lambda for Shopify's request, signature included."""
    signature = b64encode(hmac.digest(SECRET.encode(), body, "sha256")).decode()
    return {
        "version": "2.0",
        "routeKey": f"POST /webhooks/{TOPIC}",
        "rawPath": f"/webhooks/{TOPIC}",
        "rawQueryString": "",
        "headers": {
            "accept": "*/*",
            "accept-encoding": "gzip;q=1.0,deflate;q=0.6,identity;q=0.3",
            "content-length": str(len(body)),
            "content-type": "application/json",
            "host": "abcdefghij.execute-api.us-east-1.amazonaws.com",
            "user-agent": "Shopify-Captain-Hook",
            "x-amzn-trace-id": "Root=1-6922bd93-0a1b2c3d4e5f60718293a4b5",
            "x-forwarded-for": "203.0.113.9",
            "x-forwarded-port": "443",
            "x-forwarded-proto": "https",
            "x-shopify-api-version": "2026-10",
            "x-shopify-event-id": "98880550-7158-44d4-b7cd-2c97c8a091b5",
            "x-shopify-hmac-sha256": signature,
            "x-shopify-shop-domain": SHOP,
            "x-shopify-topic": TOPIC,
            "x-shopify-triggered-at": "2026-11-23T07:48:00.123456789Z",
            "x-shopify-webhook-id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
        },
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "abcdefghij",
            "domainName": "abcdefghij.execute-api.us-east-1.amazonaws.com",
            "domainPrefix": "abcdefghij",
            "http": {
                "method": "POST",
                "path": f"/webhooks/{TOPIC}",
                "protocol": "HTTP/1.1",
                "sourceIp": "203.0.113.9",
                "userAgent": "Shopify-Captain-Hook",
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": f"POST /webhooks/{TOPIC}",
            "stage": "$default",
            "time": "23/Nov/2026:07:48:03 +0000",
            "timeEpoch": 1795420083000,
        },
        "body": body.decode(),
        "isBase64Encoded": False,
    }


class Ready:
    """Takes the place of SNS: writes the request's bytes and sends them nowhere."""

    sent = b""

    def publish(
        self, topic_arn: str, message: str, attributes: Mapping[str, str], group: str
    ) -> str:
        """Write what would be sent."""
        self.sent = form(topic_arn, message, attributes, group)
        return "message-id"


class OneProfile:
    """Takes the place of the stores table."""

    def get(self, store: str, *, newer_than: datetime | None = None) -> Profile | None:
        """Return the one store there is."""
        return PROFILE if store == SHOP else None


class AlwaysFirst:
    """Takes the place of the ledger: each delivery is new, nothing is written."""

    def claim(self, message: Message, now: datetime) -> Message | None:
        """Hand the delivery back: nobody had it before."""
        return message

    def published(self, *_: object) -> None:
        """Take note of nothing."""


class Silent:
    """Takes the place of the observer: the log line comes after what is measured."""

    def ended(self, *_: object) -> None:
        """Write nothing."""


def services(ready: Ready) -> Services:
    """Build a webhook function's services: our code up to AWS, none of AWS."""
    return Services(
        secrets=ClientSecrets(lambda: [SECRET], lambda: 0.0),
        profiles=OneProfile(),  # type: ignore[arg-type]  # duck of ProfileReader, which needs a table
        deliveries=AlwaysFirst(),  # type: ignore[arg-type]  # duck of Deliveries, which needs a table
        publisher=Publisher(ready, TOPIC_ARN, None, ""),  # type: ignore[arg-type]  # no S3: bodies are small
        observer=Silent(),  # type: ignore[arg-type]  # duck of Observer
        now=lambda: NOW,
        end_by=lambda moment: None,
    )
