"""A message of many commands gets to its end, however little of it is done each time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from shopbridge.commands import RefreshProduct
from shopbridge.entry.queue import Worker
from shopbridge.ledger.outcomes import Outcomes
from shopbridge.message import Head, write
from shopbridge.station.station import Station
from shopbridge.stores.store import Store
from shopbridge.work import Ended, Item, Later, Result
from tests.integration.pipeline.cloud import Cloud
from tests.integration.pipeline.system import SETTINGS, System
from tests.integration.pipeline.watched import Steps

CATALOGUE = SETTINGS.model_copy(update={"product_catalogue": True})
PRODUCTS = ("1", "2", "3", "4", "5")


@dataclass
class Points:
    """A worker of products; whoever asks reads so many of them, then has to wait."""

    station: Station
    at_once: int
    read: list[str] = field(default_factory=list)

    def deliver(
        self, store: Store, items: Sequence[Item[RefreshProduct]], services: "Points"
    ) -> Sequence[Result]:
        """Read the first of `items`, and put the rest off."""
        del store, services
        going = [str(item.command.product_id) for item in items[: self.at_once]]
        self.read += going
        return [
            Ended("delivered") if number < len(going) else Later("throttled", at_least=20)
            for number, _ in enumerate(items)
        ]


class Unread(Outcomes):
    """Rows that can be written and not be read."""

    def ended(self, items: Iterable[Item[Any]]) -> set[int]:
        """Fail as DynamoDB does."""
        refused: Any = {"Error": {"Code": "InternalServerError"}}
        raise ClientError(refused, "BatchGetItem")


@pytest.fixture
def points(cloud: Cloud) -> tuple[System, Points]:
    """Give out an enabled store whose points are enough for two products at a time."""
    system = System(cloud, settings=CATALOGUE)
    return system, Points(system.delivery(Steps()).station, at_once=2)


def put(system: System, *products: str) -> None:
    """Queue one message about all of `products`."""
    now = system.clock.now()
    head = Head(
        store=system.name,
        topic="products/history",
        event_id="run.products-001",
        digest="0123456789abcdef",
        triggered_at=now,
        received_at=now,
        commands=tuple(RefreshProduct(product_id=one) for one in products),
        numbers=tuple(map(int, products)),
    )
    system.lane.put([write(head, b"")])


def worker(points: Points) -> Worker[RefreshProduct, Points]:
    """Start the worker."""
    return Worker(RefreshProduct, points.deliver, lambda: points)


def test_what_is_done_is_not_done_again(points: tuple[System, Points]) -> None:
    """Each time goes on where the last one had to wait, so three times are enough for five."""
    system, worked = points
    put(system, *PRODUCTS)

    system.lane.settle(worker(worked))

    assert worked.read == ["1", "2", "3", "4", "5"]
    assert len(system.lane.answers) == 3
    assert system.outcomes("run.products-001") == ["delivered"] * 5


def test_a_replay_does_all_of_it_again(points: tuple[System, Points]) -> None:
    """What ended before the message was sent says nothing about this one."""
    system, worked = points
    put(system, *PRODUCTS)
    system.lane.settle(worker(worked))
    worked.read.clear()
    system.clock.sleep(60)

    put(system, *PRODUCTS)
    system.lane.run(worker(worked))
    system.clock.sleep(900)
    system.lane.run(worker(worked))

    assert worked.read == ["1", "2", "1", "2"]


def test_rows_that_cannot_be_read_cost_time_and_lose_nothing(
    points: tuple[System, Points],
) -> None:
    """All is carried out once more, as if nothing had been."""
    system, worked = points
    put(system, *PRODUCTS)
    system.lane.run(worker(worked))
    system.clock.sleep(900)
    worked.station = replace(worked.station, outcomes=Unread(system.cloud.table("ledger")))

    system.lane.run(worker(worked))

    assert worked.read == ["1", "2", "1", "2"]


def test_rest_is_what_the_other_side_asks_for_at_least(points: tuple[System, Points]) -> None:
    """The backoff begins with five seconds at most; twenty were asked for."""
    system, worked = points
    put(system, *PRODUCTS)
    before = system.clock.seconds()

    system.lane.run(worker(worked))

    assert [message.visible_at - before for message in system.lane.messages] == [20]
