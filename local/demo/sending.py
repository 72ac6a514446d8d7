"""Sends a planned stream as Shopify does: at its pace, again after a 503, some over EventBridge."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from local.aws import LOCAL_BUS, LOCAL_SOURCE, Aws
from local.run import Run
from local.store.planned import PlannedDelivery
from local.store.webhooks import bus_entry

CLIENTS = 4
ON_BUS_EVERY = 10
"""One in so many good deliveries goes over EventBridge."""
RETRIES = 8
"""As often Shopify tries again; the simulator does so at once, not over four hours."""

Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Sent:
    """One delivery and how it was answered."""

    planned: PlannedDelivery
    over: str
    status: int
    accepted_at: datetime

    @property
    def as_expected(self) -> bool:
        """Whether a good receiver answers so."""
        return self.over == "eventbridge" or self.status == self.planned.expected_status


class Sender:
    """Delivers to a running system and lets the store's world follow."""

    def __init__(self, running: Run, http: httpx.Client) -> None:
        self._run = running
        self._http = http
        self._bus: Any = Aws(running.aws_endpoint_url).client("events")
        self._step = 0

    def foresee(self, n: int, seed: int) -> list[PlannedDelivery]:
        """Have the store plan a stream of `n` deliveries."""
        answer = self._tell("_stream", {"n": n, "seed": seed})
        return [PlannedDelivery.from_json(made) for made in answer.json()["deliveries"]]

    def send(self, stream: Sequence[PlannedDelivery], per_second: float, tell: Tell) -> list[Sent]:
        """Send `stream` in its order at an even pace; `tell` hears how many are out."""
        began = time.monotonic()
        with ThreadPoolExecutor(CLIENTS) as clients:
            out = []
            for number, planned in enumerate(stream):
                wait(began + number / per_second)
                self._advance(planned.step)
                out.append(clients.submit(self._deliver, number, planned))
                tell(number + 1)
            return [sent.result() for sent in out]

    def _deliver(self, number: int, planned: PlannedDelivery) -> Sent:
        if planned.kind == "fresh" and number % ON_BUS_EVERY == 0:
            entry = bus_entry(planned.webhook, LOCAL_BUS, source=LOCAL_SOURCE)
            self._bus.put_events(Entries=[entry])
            return Sent(planned, "eventbridge", 200, datetime.now(UTC))
        status = 0
        for _ in range(RETRIES):
            status = self._post(planned)
            if status < 500:  # noqa: PLR2004 - 5xx asks for another try
                break
        return Sent(planned, "https", status, datetime.now(UTC))

    def _post(self, planned: PlannedDelivery) -> int:
        return self._http.post(
            f"{self._run.api_url}/webhooks/{planned.topic}",
            content=planned.body,
            headers=dict(planned.headers),
        ).status_code

    def _advance(self, step: int) -> None:
        """Let happen in the store what this delivery reports, if it has not happened yet."""
        if step > self._step:
            self._step = step
            self._tell("_world", {"advance": step})

    def _tell(self, control: str, what: Mapping[str, int]) -> httpx.Response:
        url = f"{self._run.store_url}/{control}"
        answer = self._http.post(url, params={"shop": self._run.shop}, json=what)
        return answer.raise_for_status()


def wait(until: float) -> None:
    """Rest until the monotonic clock shows `until`."""
    time.sleep(max(0.0, until - time.monotonic()))


def distinct(sent: Iterable[Sent]) -> int:
    """Count the deliveries that must be in the ledger: accepted ones, repeats counted once."""
    return len(
        {
            (one.planned.shop, one.planned.event_id, one.planned.topic, one.planned.body, one.over)
            for one in sent
            if one.status == 200  # noqa: PLR2004 - accepted
        }
    )


def surprises(sent: Iterable[Sent]) -> list[Sent]:
    """Return what was answered otherwise than a good receiver does."""
    return [one for one in sent if not one.as_expected]
