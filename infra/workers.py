"""
Which functions take from which queues, and what each may touch.

A worker is told the name of a table or bucket only if its role may use it, so a forgotten
grant shows on the emulator too, where nobody enforces roles.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from infra.permissions import UPDATE, WRITE
from infra.queues import DEAD_LETTERS_SECONDS, Lane
from infra.topics import FUNCTIONS

DELIVERY = FUNCTIONS / "delivery"

Does = dict[str, tuple[str, ...]]

# What every worker that calls Netcore or Shopify for a store works on: the store's settings,
# token buckets and circuit, and the outcome of each command, also of an earlier try.
SENDER: Does = {"stores": WRITE, "ledger": (*UPDATE, "BatchGetItem")}
RECEIPTS: Does = {"receipts": (*WRITE, "DeleteItem", "BatchGetItem", "BatchWriteItem")}
CONTACTS: Does = {"contacts": (*WRITE, "BatchGetItem")}
CATALOGUE: Does = {"catalogue": (*WRITE, "DeleteItem", "Query")}
CHECKOUTS: Does = {"checkouts": WRITE}
# Anonymous visitors lie beside the checkouts that say who they are.
VISITORS: Does = {"checkouts": (*WRITE, "DeleteItem", "Query")}
# Who was to be forgotten, which whoever sends or archives about people has to know.
FORGOTTEN: Does = {"receipts": ("GetItem", "BatchGetItem")}
# Runs of historic syncs, to go on with.
RUNS: Does = {"runs": (*WRITE, "Query")}
# Deleting a store's rows, each in one transaction with a look at the store's own.
LEAVES = ("Query", "DeleteItem")
# The same, and many rows of a person at once.
DELETES = (*LEAVES, "BatchWriteItem")


@dataclass(frozen=True, kw_only=True)
class Worker:
    """One function behind queues. Names are those of `Tables.by_name` and of S3 prefixes."""

    name: str
    tables: Mapping[str, tuple[str, ...]]
    lanes: tuple[str, ...] = ()
    batch: int = 100
    window_seconds: int = 1
    # How many run at once on a live lane; a history lane gets half, so that it stays behind.
    concurrency: int = 10
    seconds: int = 60
    memory_mb: int = 512
    # Opens tokens and Netcore keys, and renews tokens.
    secrets: bool = False
    # Draws and opens the secrets of stores' checkouts.
    seals: bool = False
    # Publishes commands of its own.
    publishes: bool = False
    # Tells storefronts where events of the website go.
    tells_storefronts: bool = False
    # Has sent on what waited for scopes.
    resumes: bool = False
    # Goes on with historic syncs that wait.
    wakes: bool = False
    parks: bool = True
    archives: bool = False
    # Writes people's own address, under which they unsubscribe.
    links: bool = False
    # Reads, rewrites and deletes what is kept of people and stores.
    forgets: bool = False
    source: Path = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "source", DELIVERY / f"{self.name}.py")

    def queues(self) -> tuple[Lane, ...]:
        """The lanes this worker needs, before they exist."""
        return tuple(Lane(name=lane, worker_seconds=self.seconds) for lane in self.lanes)

    def at_once(self, lane: str) -> int:
        """How many of this worker may run on `lane`; 2 is the least that AWS takes."""
        return max(2, self.concurrency // 2 if lane.endswith("-history") else self.concurrency)


def two_lanes(name: str) -> tuple[str, str]:
    """A live lane and the one where history waits, so that it never delays a live event."""
    return (name, f"{name}-history")


WORKERS = (
    Worker(
        name="activities", lanes=two_lanes("activities"), tables=SENDER | RECEIPTS, secrets=True
    ),
    Worker(
        name="contacts",
        lanes=two_lanes("contacts"),
        tables=SENDER | CONTACTS | FORGOTTEN,
        secrets=True,
        links=True,
    ),
    Worker(
        name="consents",
        lanes=two_lanes("consents"),
        tables=SENDER | CONTACTS | FORGOTTEN,
        secrets=True,
    ),
    Worker(
        name="catalogue",
        lanes=two_lanes("catalogue"),
        tables=SENDER | CATALOGUE,
        concurrency=4,
        secrets=True,
    ),
    # History starts no timers, so there is one lane.
    Worker(
        name="checkouts",
        lanes=("checkouts",),
        tables=SENDER | CHECKOUTS | FORGOTTEN,
        concurrency=4,
        seals=True,
    ),
    # People's own words, live: there is no history of them.
    Worker(
        name="to_shopify",
        lanes=("to_shopify",),
        tables=SENDER | CONTACTS | FORGOTTEN,
        concurrency=4,
        secrets=True,
    ),
    Worker(
        name="lifecycle",
        lanes=("lifecycle",),
        tables=SENDER | RUNS,
        batch=10,
        concurrency=2,
        resumes=True,
        wakes=True,
    ),
    Worker(
        name="website_tracking",
        lanes=("website-tracking",),
        tables=SENDER | VISITORS | FORGOTTEN,
        concurrency=4,
        secrets=True,
        publishes=True,
        tells_storefronts=True,
    ),
    Worker(
        name="privacy",
        lanes=("privacy",),
        tables={
            "stores": (*WRITE, "ConditionCheckItem", "DeleteItem"),
            "ledger": (*SENDER["ledger"], *DELETES),
            "receipts": (*WRITE, *DELETES),
            "contacts": ("BatchGetItem", *DELETES),
            "checkouts": ("GetItem", *LEAVES),
            "catalogue": ("GetItem", *LEAVES),
            "runs": LEAVES,
        },
        batch=10,
        concurrency=2,
        seconds=300,
        memory_mb=1024,
        secrets=True,
        forgets=True,
    ),
    Worker(
        name="archive",
        lanes=("archive",),
        tables=FORGOTTEN,
        batch=500,
        window_seconds=60,
        concurrency=2,
        parks=False,
        archives=True,
    ),
)

# Takes from every dead-letter queue: keeps the content, marks the row, raises the alarm.
DEAD_LETTERS = Worker(
    name="dead_letters",
    tables={"ledger": UPDATE} | FORGOTTEN,
    batch=10,
    seconds=DEAD_LETTERS_SECONDS,
    archives=True,
)

# Each adds up what changes in a table, from its stream.
COUNTERS = (FUNCTIONS / "ledger" / "counters.py", FUNCTIONS / "consents" / "counters.py")
