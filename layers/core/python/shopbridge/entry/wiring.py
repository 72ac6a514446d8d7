"""Wires workers to AWS and Netcore: the composition root of every function with boto3."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

import boto3

from shopbridge.commands import Identity
from shopbridge.entry.patience import PATIENCE
from shopbridge.entry.shopify_wiring import ShopifyWiring, now
from shopbridge.environment import Environment
from shopbridge.errors import NetcoreKeyRefused
from shopbridge.ledger.outcomes import Outcomes
from shopbridge.message import Head
from shopbridge.netcore import client
from shopbridge.netcore.bucket import Bucket
from shopbridge.netcore.client import NetcoreClient
from shopbridge.netcore.paced import Paced
from shopbridge.netcore.regions import hosts
from shopbridge.privacy.erased import Erased
from shopbridge.receipts.repository import Receipts
from shopbridge.shopify.gateway import Gateway
from shopbridge.shopify.readers import Asks, Reader
from shopbridge.shopify.sparing import Sparing
from shopbridge.station.station import Station
from shopbridge.stores.repository import StoreRepository
from shopbridge.stores.store import Store
from shopbridge.stores.vault import Vault
from shopbridge.work import Lane

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import DynamoDBServiceResource, Table

LONGEST_PAUSE = 5.0
"""Seconds that a worker of the history lane pauses between two queries; its time is short."""


@dataclass(frozen=True)
class Wiring:
    """Builds each part once, when it is first asked for."""

    environment: Environment

    def table(self, variable: str) -> "Table":
        """Return the DynamoDB table that `variable` names."""
        return self._dynamodb.Table(self.environment[variable])

    @cached_property
    def station(self) -> Station:
        """What every worker needs."""
        return Station(
            stores=self.store,
            outcomes=Outcomes(self.table("LEDGER_TABLE")),
            s3=boto3.client("s3", config=PATIENCE),
            bucket=self.environment["KEPT_BUCKET"],
            sqs=boto3.client("sqs", config=PATIENCE),
            now=now,
            erased=self.erased if self.environment.get("RECEIPTS_TABLE") else None,
        )

    def erased(self, store: str) -> Erased:
        """Return who of `store` was to be forgotten; one for each, which remembers its salt."""
        if store not in self._erased:
            self._erased[store] = Erased(self.table("RECEIPTS_TABLE"), store, time.monotonic)
        return self._erased[store]

    def forgotten(self, store: str, heads: Sequence[Head]) -> Sequence[bool]:
        """Say which deliveries of `store` are about somebody who was to be forgotten."""
        return self.erased(store).in_deliveries(heads)

    def store(self, name: str) -> StoreRepository:
        """Return the repository of one store."""
        return StoreRepository(self.table("STORES_TABLE"), name)

    def receipts(self, store: str) -> Receipts:
        """Return the receipts of one store."""
        return Receipts(self.table("RECEIPTS_TABLE"), store)

    def paced(self, store: Store, lane: Lane = "live") -> Paced:
        """Return the pace of one store's calls to Netcore, and what stops them."""
        table = self.table("STORES_TABLE")
        bucket = Bucket(table, store.name, now=now, sleep=time.sleep, lane=lane)
        return Paced(bucket, partial(self.store(store.name).open_circuit, store))

    @cached_property
    def vault(self) -> Vault:
        """Seals and opens tokens and keys."""
        return Vault(
            boto3.client("kms", config=PATIENCE), self.environment["STORE_KEY_ARN"], time.monotonic
        )

    def netcore(self, store: Store) -> NetcoreClient:
        """
        Return the store's access to Netcore.

        Raises:
            NetcoreKeyRefused: no key has been saved yet.
        """
        key = self.vault.netcore_key(store)
        if key is None:
            raise NetcoreKeyRefused("no Netcore API key is saved")
        chosen = store.settings.netcore
        return NetcoreClient(
            self._http,
            hosts(chosen.region, self.environment.get("NETCORE_HOSTS")),
            key,
            auth_mode=chosen.auth_mode,
            clock=time.monotonic,
        )

    def gateway(self, store: Store) -> Gateway:
        """Return the store's Admin API; raises what `ShopifyWiring.gateway` does."""
        return self.shopify.gateway(store)

    def asks(self, store: Store, lane: Lane) -> Asks:
        """Return the same for one lane: history leaves points to live work."""
        gateway = self.gateway(store)
        return gateway if lane == "live" else Sparing(gateway, time.sleep, LONGEST_PAUSE)

    @cached_property
    def shopify(self) -> ShopifyWiring:
        """Shopify's connections and tokens."""
        return ShopifyWiring(self.environment, self.table("STORES_TABLE"), self.vault)

    def reader(self, store: Store, lane: Lane = "live") -> Reader:
        """Return the store's customers and orders as Shopify has them."""
        return Reader(self.asks(store, lane))

    def buyers(self, store: Store, orders: Sequence[str]) -> Mapping[str, Identity | None]:
        """Ask Shopify whose `orders` are."""
        return self.reader(store).buyers(orders)

    @cached_property
    def _erased(self) -> dict[str, Erased]:
        return {}

    @cached_property
    def _http(self) -> client.Http:
        return client.shared()

    @cached_property
    def _dynamodb(self) -> "DynamoDBServiceResource":
        return boto3.resource("dynamodb", config=PATIENCE)
