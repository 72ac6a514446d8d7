"""The feeds of a deployment on moto: what builds them, and what serves them."""

import base64
import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import boto3

from shopbridge.catalogue.addressing import address_of
from shopbridge.catalogue.feeds import Feeds
from shopbridge.catalogue.objects import Objects
from shopbridge.catalogue.publishing import Publisher
from shopbridge.catalogue.rows import Row
from shopbridge.catalogue.table import Catalogue
from shopbridge.entry import feed_building, feed_serving
from shopbridge.entry.feed_building import BuildFeeds
from shopbridge.entry.feed_serving import LARGEST_BYTES, ServeFeed
from shopbridge.entry.patience import LINKS
from shopbridge.stores.settings import Settings
from shopbridge.stores.store import Store
from shopbridge.stores.vault import Vault
from tests.integration.account import KEPT, NOW, REGION, STORE, Account


@dataclass(frozen=True)
class Answer:
    """What a puller got."""

    status: int
    headers: Mapping[str, str]
    raw: bytes

    @property
    def text(self) -> str:
        """The body, decompressed if it says that it is compressed."""
        is_packed = self.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.raw) if is_packed else self.raw).decode()


class Press:
    """Builds and serves feeds; its clock moves by hand."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.now = NOW
        self.feeds = Feeds(account.catalogue)
        key = boto3.client("kms", region_name=REGION).create_key()["KeyMetadata"]["Arn"]
        self.vault = Vault(boto3.client("kms", region_name=REGION), key, lambda: 0.0)
        self.objects = Objects(boto3.client("s3", region_name=REGION, config=LINKS), KEPT)
        self.before: Callable[[], object] = lambda: None
        """Called before rows are read: what happens meanwhile."""
        self.largest_bytes = LARGEST_BYTES

    def open(self, name: str = STORE) -> Store:
        """Install a store and switch its catalogue on."""
        return self.save(self.account.repository(name).install(NOW), product_catalogue=True)

    def save(self, store: Store, **changes: Any) -> Store:
        """Change settings of a store."""
        fields = {**store.settings.model_dump(mode="json"), **changes}
        settings = Settings.model_validate(fields)
        return self.account.repository(store.name).save(store, settings, NOW)

    def store(self, name: str) -> Store | None:
        """Return a store as it is now."""
        return self.account.repository(name).get()

    def put(self, *rows: Row, store: str = STORE) -> None:
        """Let the catalogue hold these rows, as the worker writes them."""
        catalogue, version = Catalogue(self.account.catalogue, store), f"{self.now:%H:%M:%S}"
        until = self.now + timedelta(seconds=65)
        for row in rows:
            catalogue.replace(
                row["item_group_id"], version, [row], lambda: self.feeds.mark(store, until)
            )

    def look(self, minutes: float = 0, **event: str) -> dict[str, int]:
        """Let time pass, and run the job."""
        self.now += timedelta(minutes=minutes)
        publisher = Publisher(self.feeds, self._rows, self.objects, self.vault, lambda: self.now)
        services = feed_building.Services(publisher, self.store, lambda: self.now)
        return BuildFeeds(lambda: services)(event, None)

    def address(self, store: str = STORE) -> str:
        """Open the address of a store's feed."""
        found = self.store(store)
        assert found
        address = address_of(found, self.feeds.get(store), self.vault)
        assert address
        return address

    def get(self, name: str = "", **headers: str) -> Answer:
        """Ask for a feed by the last part of its path; the store's RSS where none is named."""
        name = name or f"{self.address()}.xml"
        event = {
            "pathParameters": {"feed": name},
            "headers": {key.replace("_", "-"): value for key, value in headers.items()},
        }
        services = feed_serving.Services(self.feeds, self.objects, self.store)
        said = ServeFeed(lambda: services, self.largest_bytes)(event, None)
        return Answer(said["statusCode"], said["headers"], base64.b64decode(said["body"]))

    def built_at(self, store: str = STORE) -> datetime:
        """Say of when the feed of a store is."""
        feed = self.feeds.get(store)
        assert feed
        assert feed.build
        return feed.build.began_at

    def _rows(self, store: str) -> Any:
        self.before()
        return Catalogue(self.account.catalogue, store).rows()
