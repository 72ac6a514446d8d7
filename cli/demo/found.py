"""What one demo did and found: for programs, and as findings where it is not as it should be."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from cli import report as reporting
from local.demo.carts import Carts
from local.demo.holding import Activities, Holding
from local.demo.sending import Sent, surprises
from local.demo.settling import Latency
from local.demo.unsubscribing import Unsubscribes
from local.demo.visiting import Visit
from shopbridge.ledger.report import Report, all_commands


@dataclass(frozen=True, slots=True)
class Demo:
    """What one demo did and found."""

    seed: int
    page: str
    """Address of the merchant's page, in the simulated admin."""
    sent: Sequence[Sent]
    holding: Holding
    activities: Activities
    """All that reached Netcore, oldest first."""
    latency: Latency
    report: Report
    history: str
    """How the historic sync of the store's past ended."""
    carts: Carts
    told_later: int
    """Carts that a sweep told of after all that were left had been told."""
    lost: str
    """Number of a customer whose webhooks were dropped."""
    visit: Visit
    """A visit to the store's website, through `/collect`."""
    unsubscribes: Unsubscribes
    reconciled: Mapping[str, Any]
    """Report of the reconciliation that came after."""

    @property
    def balances(self) -> bool:
        """Whether every answer was as it should be, and nothing was lost or made up."""
        return not any(self.findings())

    @property
    def found_the_lost(self) -> bool:
        """Whether reconciliation has found whom no webhook told of."""
        return any(self.lost in one["missing"] for one in self.reconciled["streams"])

    def findings(self) -> Iterator[str]:
        """Say in plain words what is not as it should be."""
        yield from self.report.findings()
        if self.waiting:
            yield f"{self.waiting} commands had not ended when patience did"
        for one in surprises(self.sent):
            planned = one.planned
            yield f"{planned.kind} {planned.topic} was answered {one.status}, not as planned"
        if self.history != "COMPLETE":
            yield f"the historic sync ended {self.history}"
        yield from self.carts.findings(self.activities, self.told_later)
        yield from self.visit.findings(self.activities)
        if not self.found_the_lost:
            yield f"reconciliation has not found customer {self.lost}, whose webhooks were dropped"

    @property
    def waiting(self) -> int:
        """Commands that had not ended when patience did."""
        return all_commands(self.report.total).waiting

    def told(self) -> dict[str, Any]:
        """Write it for programs."""
        return {
            "seed": self.seed,
            "page": self.page,
            "sent": len(self.sent),
            "kinds": Counter(one.planned.kind for one in self.sent),
            "answers": Counter(f"{one.over} {one.status}" for one in self.sent),
            "surprises": [
                {"kind": one.planned.kind, "topic": one.planned.topic, "status": one.status}
                for one in surprises(self.sent)
            ],
            "netcore": asdict(self.holding),
            "latency_seconds": asdict(self.latency),
            "history": self.history,
            "carts": asdict(self.carts),
            "reconciliation": self.reconciled,
            "visit": asdict(self.visit),
            "unsubscribes": asdict(self.unsubscribes),
            "balanced": self.balances,
            "report": reporting.told(self.report),
        }
