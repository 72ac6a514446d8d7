"""All that the reconciliation of one store may use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from shopbridge.abandonment.watched import Watched
from shopbridge.catalogue.table import Catalogue
from shopbridge.contacts.repository import Contacts
from shopbridge.historic_sync.lane import Lanes
from shopbridge.historic_sync.ledger import SliceLedger
from shopbridge.historic_sync.reader import StreamReader
from shopbridge.historic_sync.repository import Runs
from shopbridge.historic_sync.run import Run
from shopbridge.historic_sync.streams import Pages
from shopbridge.ledger.reader import Ledger
from shopbridge.privacy.erased import Erased
from shopbridge.receipts.repository import Receipts
from shopbridge.reconciliation.marks import MarksRow
from shopbridge.reconciliation.reports import Reports
from shopbridge.reconciliation.subscriptions import Wanted
from shopbridge.shopify.readers import Asks
from shopbridge.shopify.scopes import Scopes
from shopbridge.stores.store import Store
from shopbridge.to_shopify.links import Makes


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One store, its neighbours, and the clock."""

    store: Store
    held: str
    """Why nothing may be sent for the store at the moment; empty where it may."""
    gateway: Callable[[], Asks]
    reader: Callable[[Pages], StreamReader]
    contacts: Contacts
    catalogue: Catalogue
    watched: Watched
    receipts: Receipts
    erased: Erased
    ledger: Ledger
    repairs: Callable[[Run], SliceLedger]
    runs: Runs
    lanes: Lanes
    marks: MarksRow
    reports: Reports
    wanted: Wanted
    links: Makes | None
    """Makes customers' links to unsubscribe, which some stores send as an attribute."""
    needed: str
    """Scopes without which no store is installed, with commas."""
    noted: Callable[[Scopes, datetime], object]
    """Takes down which scopes the merchant grants."""
    ages: Callable[[], Mapping[str, timedelta]]
    """How long the oldest message of each lane waits."""
    now: Callable[[], datetime]
    is_late: Callable[[], bool]
    cap: int
    """Commands that one stream may be mended with."""
