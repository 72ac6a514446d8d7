"""Netcore's side of the endpoint: posts to it as API Gateway hands that over."""

import json
from datetime import timedelta
from typing import Any

import boto3

from shopbridge.entry.inbox import Inbox, Services
from shopbridge.entry.unsubscribing import Unsubscribing
from shopbridge.ledger.reader import Ledger
from shopbridge.message import Message, read
from shopbridge.stores.vault import Vault
from shopbridge.to_shopify.secrets import InboundSecrets
from shopbridge.to_shopify.signature import sign
from tests.integration.pipeline.cloud import KEYS, Cloud
from tests.integration.pipeline.system import System

Answer = dict[str, Any]


class NetcoreSide(System):
    """A store with a secret, and what reached the topic from it."""

    def __init__(self, cloud: Cloud, **how: Any) -> None:
        super().__init__(cloud, **how)
        kms = boto3.client("kms", **KEYS)
        key = kms.create_key()["KeyMetadata"]["Arn"]
        self.vault = Vault(kms, key, self.clock.seconds)
        self.secret = self.inbound().rotate()

    def inbound(self, store: str | None = None) -> InboundSecrets:
        """Return the secrets of a store."""
        table = self.cloud.table("stores")
        return InboundSecrets(
            table, self.vault, self.name if store is None else store, self.clock.now
        )

    def post(
        self,
        body: object,
        *,
        headers: dict[str, str] | None = None,
        query: str = "",
        **where: str,
    ) -> Answer:
        """
        Post a body, with the store's secret in the header where no `headers` are given.

        `where` may say another `store`, or a `secret` as part of the path.
        """
        event = {
            "pathParameters": {"store": self.name, **where},
            "rawQueryString": query,
            "headers": {"X-Shopbridge-Secret": self.secret} if headers is None else headers,
            "body": body if isinstance(body, str) else json.dumps(body),
        }
        answer: Answer = Inbox(self._services)(event, None)
        return {"status": answer["statusCode"], **json.loads(answer["body"])}

    def replay(self, text: str) -> Answer:
        """Deliver an archived delivery once more."""
        return Inbox(self._services)({"replay": text}, None)

    def signed(
        self, body: object, *, secret: str | None = None, id_: str = "evt-1", **ago: float
    ) -> dict[str, str]:
        """Sign a body as a sender does that we control."""
        stamp = str(int((self.clock.now() - timedelta(**ago)).timestamp()))
        said = f"{id_}.{stamp}.{json.dumps(body)}".encode()
        return {
            "webhook-id": id_,
            "webhook-timestamp": stamp,
            "webhook-signature": f"v1,{sign(said, secret or self.secret)}",
        }

    def visit(self, token: str, method: str = "GET", body: str = "") -> Answer:
        """Follow a link to unsubscribe."""
        event = {
            "pathParameters": {"token": token},
            "requestContext": {"http": {"method": method}},
            "headers": {},
            "body": body,
        }
        return Unsubscribing(self.ingest)(event, None)

    def published(self, queue: str = "to_shopify") -> list[Message]:
        """Take out of a queue what reached it."""
        return [read(text) for text in self.cloud.take(queue, self.name)]

    def _services(self) -> Services:
        intake = self.ingest()
        ledger = Ledger(self.cloud.table("ledger"))
        return Services(intake, self.inbound, ledger, intake.end_by)
