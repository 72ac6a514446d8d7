"""Wires what forgets people and stores, and what tells people what is held of them."""

from datetime import timedelta
from functools import partial

from shopbridge.archive.reader import ArchiveReader
from shopbridge.contacts.repository import Contacts
from shopbridge.entry.abandonment_wiring import keyring
from shopbridge.entry.wiring import Wiring
from shopbridge.environment import Environment
from shopbridge.ledger.reader import Ledger
from shopbridge.privacy.bundle import Holdings
from shopbridge.privacy.content import Content
from shopbridge.privacy.delivery import Services
from shopbridge.privacy.erased import FRESH
from shopbridge.privacy.erasing import Erasing
from shopbridge.privacy.exporting import Exporting
from shopbridge.privacy.left import Left
from shopbridge.privacy.netcore import Access
from shopbridge.privacy.objects import Objects
from shopbridge.privacy.places import places
from shopbridge.privacy.progress import Erasures


def wired(environment: Environment) -> Services:
    """Wire the worker from the variables that infra sets."""
    wiring = Wiring(environment)
    station, access = wiring.station, Access(wiring.netcore, wiring.paced)
    kept = Objects(station.s3, environment["KEPT_BUCKET"])
    archive = Objects(station.s3, environment["ARCHIVE_BUCKET"])

    def holdings(store: str) -> Holdings:
        reader = ArchiveReader(station.s3, archive.bucket, store)
        return Holdings(
            contacts=Contacts(wiring.table("CONTACTS_TABLE"), store),
            ledger=Ledger(wiring.table("LEDGER_TABLE")),
            content=Content(kept, reader, store),
        )

    return Services(
        station=station,
        erasing=Erasing(
            station=station,
            places=places(wiring.table, kept, archive, keyring(wiring).known, station.now),
            erased=wiring.erased,
            erasures=partial(Erasures, wiring.table("RECEIPTS_TABLE")),
            left=partial(Left, wiring.table("STORES_TABLE")),
            netcore=access,
            others=timedelta(seconds=int(environment["WORKER_SECONDS"])) + FRESH,
        ),
        exporting=Exporting(station=station, holdings=holdings, netcore=access),
    )
