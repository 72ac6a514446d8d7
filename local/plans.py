"""A simulator's plan of what goes wrong: which fault strikes which request, and how often."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar


class Plannable(Protocol):
    """A fault as `POST /_faults` takes it."""

    @property
    def nth(self) -> int:
        """The first of the fitting requests that is struck."""

    @property
    def limit(self) -> int | None:
        """How many are struck; None: until the plan is cleared."""

    def model_dump(self, *, exclude_unset: bool) -> dict[str, Any]:
        """Show the fault as it was given."""


F = TypeVar("F", bound=Plannable)


@dataclass
class Planned(Generic[F]):
    """One fault and what became of it; `is_over` says when its window has closed."""

    fault: F
    is_over: Callable[[], bool]
    seen: int = 0
    struck: int = 0

    def strikes(self) -> bool:
        """Tell whether the request just seen is one that the fault is meant for."""
        limit = self.fault.limit
        return self.seen >= self.fault.nth and (limit is None or self.struck < limit)


@dataclass
class Plans(Generic[F]):
    """Of several faults that fit a request, the one planned first strikes; all count it."""

    _planned: list[Planned[F]] = field(default_factory=list)

    def add(self, fault: F, is_over: Callable[[], bool] = lambda: False) -> None:
        """Plan `fault`."""
        self._planned.append(Planned(fault, is_over))

    def due(self, fits: Callable[[F], bool]) -> F | None:
        """Say which fault strikes a request that those for which `fits` is true are meant for."""
        due: F | None = None
        for planned in self._planned:
            if planned.is_over() or not fits(planned.fault):
                continue
            planned.seen += 1
            if due is None and planned.strikes():
                planned.struck += 1
                due = planned.fault
        return due

    def listed(self) -> list[dict[str, Any]]:
        """Show each fault as planned, how many requests it fitted and how many it struck."""
        return [
            {**each.fault.model_dump(exclude_unset=True), "seen": each.seen, "struck": each.struck}
            for each in self._planned
        ]

    def clear(self) -> None:
        """Drop the plan."""
        self._planned.clear()
