"""Wires what the workers of contacts and consents share."""

from dataclasses import replace

import boto3

from shopbridge import reasons
from shopbridge.consents.settle import Settling
from shopbridge.contacts.adding import Panel
from shopbridge.contacts.refresh import Refresh
from shopbridge.contacts.repository import Contacts
from shopbridge.contacts.sending import Sender
from shopbridge.contacts.uploading import ByFile, Files
from shopbridge.entry.patience import LINKS
from shopbridge.entry.to_shopify_wiring import links
from shopbridge.entry.wiring import Wiring
from shopbridge.errors import Rejected
from shopbridge.stores.store import Store
from shopbridge.translate.attribute_names import primary_key
from shopbridge.work import Lane


def refresh(wiring: Wiring, store: Store, lane: Lane) -> Refresh:
    """Build what brings contacts of `store` up to date."""
    sender_ = sender(wiring, store, lane)
    if lane == "history" and store.settings.netcore.bulk_upload:
        sender_ = replace(sender_, uploads=_uploads(wiring, store, sender_))
    return Refresh(
        store,
        wiring.reader(store, lane),
        sender_.contacts,
        sender_,
        wiring.station.now,
        links(wiring),
    )


def settling(wiring: Wiring, store: Store) -> Settling:
    """Build what settles the consent of contacts of `store`."""
    sender_ = sender(wiring, store)
    return Settling(store, sender_.contacts, sender_)


def sender(wiring: Wiring, store: Store, lane: Lane = "live") -> Sender:
    """Build one store's way to Netcore's contact APIs."""
    return Sender(
        client=wiring.netcore(store),
        paced=wiring.paced(store, lane),
        contacts=Contacts(wiring.table("CONTACTS_TABLE"), store.name),
        panel=panel(store),
        now=wiring.station.now,
    )


def _uploads(wiring: Wiring, store: Store, sender_: Sender) -> ByFile:
    """Build the way of large loads, for the worker that may write and sign files."""
    s3 = boto3.client("s3", config=LINKS)
    files = Files(s3, wiring.station.bucket, store.name)
    return ByFile(sender_.client, sender_.paced, sender_.panel, files)


def panel(store: Store) -> Panel:
    """
    Read how the store's panel takes contacts.

    Raises:
        Rejected: settings that Netcore insists on are missing.
    """
    chosen = store.settings.netcore
    if chosen.list_id is None or chosen.notify_email is None:
        raise Rejected(reasons.NOT_CONFIGURED)
    return Panel(primary_key(store.settings), chosen.list_id, chosen.notify_email)
