"""What tests of the worker ask of a system: orders in its queue, and how they ended."""

from msgspec.structs import replace

from functions.webhooks.orders import create
from shopbridge.message import write
from shopbridge.moments import dated
from shopbridge.shopify import delivery
from shopbridge.shopify.reading import read
from shopbridge.stores.profile import Profile
from tests.integration.pipeline import sent
from tests.integration.pipeline.system import System


def publish(system: System, *orders: int) -> None:
    """Put orders into the worker's queue as ingest writes them."""
    system.lane.put([_published(system, system.store().profile, number) for number in orders])


def _published(system: System, store: Profile, number: int) -> str:
    event = sent.https(system.name, sent.order(number), f"e-{number}")
    now = system.clock.now()
    arrived = delivery.identify(delivery.from_http(event), create.handler.topic, now)
    commands = create.translate(read(arrived.body, create.handler.payload), store)
    made = tuple(dated(command, arrived.head.triggered_at, now) for command in commands)
    head = replace(arrived.head, commands=made, numbers=tuple(range(len(made))))
    return write(head, arrived.body)


def sends(system: System) -> dict[str, int]:
    """Count, by order id, how often Netcore accepted its purchase."""
    counts: dict[str, int] = {}
    for activity in system.activities():
        order = activity["activity_params"]["orderid"]
        counts[order] = counts.get(order, 0) + 1
    return counts


def ambiguous(system: System, *orders: int) -> int:
    """Sum the resends that the ledger admits."""
    rows = (row for order in orders for row in system.rows(f"e-{order}").values())
    return int(sum(int(row.get("ambiguous", 0)) for row in rows))


def outcomes(system: System, *orders: int) -> list[str]:
    """Return how the orders' activities ended."""
    return [outcome for order in orders for outcome in system.outcomes(f"e-{order}")]


def reasons(system: System, *orders: int) -> list[str]:
    """Return why, in the order of `outcomes`."""
    rows = (row for order in orders for _, row in sorted(system.rows(f"e-{order}").items()))
    return [str(row["reason"]) for row in rows if "outcome" in row]
