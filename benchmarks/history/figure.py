"""Figure: how long a million customers take by bulk operations, beside pages."""

from math import ceil

from benchmarks.figure import Figure, Goal
from benchmarks.history.plan import Told, run
from benchmarks.history.store import EXPORT_SECONDS, EXPORTED
from benchmarks.price.bill import prices
from local.schema import SCHEMA
from local.store.admin.cost import RULES
from shopbridge.historic_sync.lane import COMMANDS
from shopbridge.shopify.bulk import MOST

NAME = "history"
TITLE = "a million customers: time to read by bulk operations ÷ by pages"
GOAL = Goal(limit=0.2)
CUSTOMERS = 1_000_000
WORKER = 100
"""Messages that the worker of contacts takes at once."""
A_CALL = 1_000
"""Contacts in a call; set by Netcore."""
TASK_GB = 0.5
WRITES = 2
"""Of each contact: its row and its outcome."""


def measure() -> Figure:
    """Read them by pages, under both rules of what a page costs, and in bulk."""
    if not SCHEMA.exists():
        return Figure(name=NAME, title=TITLE, goal=GOAL, skipped="run `make setup` first")
    paged = {rule: run(CUSTOMERS, "pages", rule) for rule in RULES}
    bulk = run(CUSTOMERS, "bulk", "sublinear")
    quickest = min(told.seconds for told in paged.values())
    parts = {f"pages, {rule}": _told(told) for rule, told in paged.items()}
    return Figure(
        name=NAME,
        title=TITLE,
        goal=GOAL,
        value=bulk.seconds / quickest,
        parts={
            **parts,
            "bulk": _told(bulk),
            "transitions of bulk ÷ of pages": round(
                bulk.transitions / min(told.transitions for told in paged.values()), 3
            ),
            "sending, either way": _sending(),
            "assumed of Shopify": (
                f"{EXPORTED:g} objects a second for each of {MOST} operations, "
                f"{EXPORT_SECONDS:g} s to begin with; it publishes neither"
            ),
            "the goal is met down to": f"{_slowest(bulk, quickest):.0f} objects a second",
        },
    )


def _told(told: Told) -> str:
    return (
        f"{told.seconds / 60:.0f} min, {told.asked} queries of {told.points:.0f} points, "
        f"{told.transitions} state transitions, ${_price(told):.2f} on AWS to read"
    )


def _price(told: Told) -> float:
    dollars = prices().dollars
    calls = sum(amount * dollars[unit] for unit, amount in told.calls.items())
    lambdas = told.tasks * dollars["lambda request"]
    lambdas += told.busy * TASK_GB * dollars["lambda GB-second"]
    return calls + lambdas + told.transitions * dollars["state transition"]


def _sending() -> str:
    """Say what the workers' side takes, which does not know who has read."""
    dollars, assumed = prices().dollars, prices().assumed
    messages = ceil(CUSTOMERS / COMMANDS)
    batches = ceil(messages / WORKER)
    calls = batches * ceil(COMMANDS * WORKER / A_CALL)
    price = CUSTOMERS * WRITES * dollars["dynamodb write unit"]
    price += CUSTOMERS * dollars["dynamodb read unit"]
    price += 2 * ceil(messages / 10) * dollars["sqs request"]
    own = assumed["ms of own work per command"] + WRITES * assumed["ms per call"]["dynamodb"]
    price += CUSTOMERS * own / 1000 * assumed["worker GB"] * dollars["lambda GB-second"]
    return f"{calls} calls of Netcore, {messages} messages, ${price:.2f} on AWS"


def _slowest(bulk: Told, quickest: float) -> float:
    """Return how slowly each operation may export, were all else as it is."""
    share = CUSTOMERS / MOST
    left = quickest * GOAL.limit - (bulk.seconds - share / EXPORTED)
    return share / left if left > 0 else float("inf")
