"""What one delivery of a planned stream is."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local.store.webhooks import Webhook


@dataclass(frozen=True, slots=True)
class PlannedDelivery:
    """
    One delivery to be sent, with what a good receiver answers.

    `kind`: fresh, duplicate (again at once), retry (again much later), twin (a second
    subscription: another webhook id, the same event id), forged, broken or unknown_shop.
    `step` counts happenings: send it when the store's world is at that step or later.
    """

    kind: str
    topic: str
    shop: str
    headers: Mapping[str, str]
    body: bytes
    expected_status: int
    event_id: str
    webhook_id: str
    step: int
    resource: str

    @property
    def webhook(self) -> Webhook:
        """Headers and body alone."""
        return Webhook(self.headers, self.body)

    def to_json(self) -> dict[str, Any]:
        """This delivery as JSON can hold it; the body is base64."""
        return {
            "kind": self.kind,
            "topic": self.topic,
            "shop": self.shop,
            "headers": dict(self.headers),
            "body": base64.b64encode(self.body).decode(),
            "expected_status": self.expected_status,
            "event_id": self.event_id,
            "webhook_id": self.webhook_id,
            "step": self.step,
            "resource": self.resource,
        }

    @classmethod
    def from_json(cls, made: Mapping[str, Any]) -> "PlannedDelivery":
        """Undo `to_json`."""
        return cls(**{**made, "body": base64.b64decode(made["body"])})
