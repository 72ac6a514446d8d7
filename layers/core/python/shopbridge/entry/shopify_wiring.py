"""Wires what asks Shopify: connections, client secrets and tokens."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING

import boto3

from shopbridge.entry.ingest import listed
from shopbridge.entry.patience import PATIENCE
from shopbridge.environment import Environment
from shopbridge.errors import SecretsUnavailable
from shopbridge.passing import AWS_FAILURES
from shopbridge.shopify import wire
from shopbridge.shopify.gateway import Gateway
from shopbridge.shopify.grants import Grants
from shopbridge.shopify.secrets import ClientSecrets
from shopbridge.shopify.tokens import Tokens
from shopbridge.stores.repository import StoreRepository
from shopbridge.stores.store import Store
from shopbridge.stores.tokens import TokenRow
from shopbridge.stores.vault import Vault

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_ssm import SSMClient


def now() -> datetime:
    """Return the current time, aware."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class ShopifyWiring:
    """Builds each part once, when it is first asked for."""

    environment: Environment
    stores: "Table"
    vault: Vault
    ssm: "Callable[[], SSMClient]" = lambda: boto3.client("ssm", config=PATIENCE)

    def gateway(self, store: Store) -> Gateway:
        """
        Return the store's Admin API.

        Raises:
            AdminRejected: no access token is saved, or the merchant has to authorise again.
            AdminUnavailable: it has ended and cannot be refreshed now.
        """
        renew = partial(self.tokens.renewed, store)
        return Gateway(self.http, store.name, self.tokens.current(store), renew)

    @cached_property
    def tokens(self) -> Tokens:
        """Hands out Admin API tokens."""
        return Tokens(
            repository=partial(StoreRepository, self.stores),
            row=partial(TokenRow, self.stores),
            vault=self.vault,
            grants=lambda: self.grants,
            now=now,
        )

    @cached_property
    def grants(self) -> Grants:
        """The app's way to new tokens."""
        client_id = self.environment["SHOPIFY_CLIENT_ID"]
        return Grants(self.http, client_id, self.secrets.current, now)

    @cached_property
    def secrets(self) -> ClientSecrets:
        """The app's client secrets."""
        ssm = self.ssm()
        name = self.environment["CLIENT_SECRETS_PARAMETER"]
        return ClientSecrets(lambda: _fetched(ssm, name), time.monotonic)

    @cached_property
    def http(self) -> wire.Http:
        """The connections to all stores."""
        return wire.connect(self.environment.get("SHOPIFY_ADMIN_URL"))


def _fetched(ssm: "SSMClient", name: str) -> Sequence[str]:
    """
    Read the client secrets from their parameter.

    Raises:
        SecretsUnavailable: it cannot be read, or holds none.
    """
    try:
        parameter = ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]
    except AWS_FAILURES as exc:
        raise SecretsUnavailable("the client secrets cannot be read") from exc
    return listed(parameter["Value"])
