"""A store whose historic sync sends its contacts by file."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import boto3

from shopbridge.contacts.sending import Sender
from shopbridge.contacts.uploading import ByFile, Files
from shopbridge.entry.patience import LINKS
from shopbridge.receipts.effects import shard_of
from shopbridge.stores.settings import Netcore, Settings
from shopbridge.stores.store import Store
from shopbridge.work import Lane
from tests.integration.historic_sync.history import SETTINGS, History
from tests.integration.pipeline.cloud import BUCKET, KEYS, Cloud
from tests.integration.pipeline.watched import Steps

BY_FILE = SETTINGS.model_copy(
    update={
        "netcore": Netcore(
            website_id="site-1", list_id=5, notify_email="o@example.com", bulk_upload=True
        )
    }
)
UPLOAD = "/apiv2?activity=bulkupload"


class Loading(History):
    """History with the bulk upload switched on; `fewest` contacts make a file."""

    def __init__(self, cloud: Cloud, *, fewest: int = 5, **how: Any) -> None:
        self.fewest = fewest
        self.bucket = BUCKET
        super().__init__(cloud, **{"settings": BY_FILE, **how})

    def _contact_sender(self, steps: Steps, store: Store, lane: Lane = "live") -> Sender:
        sender = super()._contact_sender(steps, store, lane)
        if lane == "live" or not store.settings.netcore.bulk_upload:
            return sender
        s3 = steps.watch("s3", boto3.client("s3", **KEYS, config=LINKS))
        files = Files(s3, self.bucket, store.name)
        uploads = ByFile(sender.client, sender.paced, sender.panel, files, self.fewest)
        return replace(sender, uploads=uploads)

    def ways(self) -> dict[str, int]:
        """Count contacts by the way in which Netcore got them."""
        ways = [str(one["_via"]) for one in self.received()]
        return {way: ways.count(way) for way in sorted(set(ways))}

    def files(self) -> dict[str, bytes]:
        """Return what lies in S3 of the store's files, by key."""
        return self.cloud.kept(f"uploads/{self.name}/")

    def fetched(self) -> list[str]:
        """Return the keys of the files that Netcore was told of, oldest first."""
        return [urlsplit(told["path"]).path.removeprefix("/") for told in self.received("uploads")]

    def begin_again(self, settings: Settings) -> None:
        """Choose other settings, and let nobody know that any contact was sent."""
        self.note(settings=settings)
        self.panel.post("/_reset")
        table = self.cloud.table("contacts")
        for id_ in self.in_shopify():
            table.delete_item(Key={"store_shard": shard_of(self.name, id_), "customer": id_})
        self.clock.sleep(60)

    def texts(self) -> dict[str, Any]:
        """Return what Netcore knows of everybody, as text: files know no numbers."""
        return {
            id_: ({name: str(value) for name, value in attributes.items()}, is_blocked)
            for id_, (attributes, is_blocked) in self.profiles().items()
        }
