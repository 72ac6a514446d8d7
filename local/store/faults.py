"""What is to go wrong in the Admin API and in OAuth, and how often (`POST /_faults`)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from local.plans import Plans

Deed = Literal[
    "status",
    "throttle",
    "errors_partial",
    "delay",
    "reset_before",
    "reset_after_apply",
    "html",
    "empty",
    "null_data",
    "huge",
    "oauth_error",
    "fewer_scopes",
    "bulk_fail",
    "bulk_partial",
    "bulk_cut",
    "bulk_short",
    "bulk_expired",
    "bulk_stuck",
    "bulk_unheard",
]


class Match(BaseModel):
    """Which requests: all of these must hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str = "*"  # may hold `*`
    operation: str = ""  # in the GraphQL operation's name, the OAuth grant type, or a bulk query
    nth: Annotated[int, Field(ge=1)] = 1  # the first of the matching requests that is hit
    times: Annotated[int, Field(ge=1)] | None = 1  # how many are hit; null: until cleared


class Fault(BaseModel):
    """One planned misbehaviour."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    do: Deed
    match: Match = Match()
    status: Annotated[int, Field(ge=200, le=599)] | None = None  # of `status` (503), html, empty
    seconds: Annotated[float, Field(ge=0, le=3600)] = 1  # of `delay`
    fields: tuple[str, ...] = ()  # of `errors_partial` (`Customer.lastName`), `fewer_scopes`
    error: str = "invalid_grant"  # of `oauth_error`
    size: Annotated[int, Field(ge=1)] = 10 * 2**20  # bytes that `huge` adds
    headers: dict[str, str] = Field(default_factory=dict)  # added to the answer
    code: Literal["INTERNAL_SERVER_ERROR", "TIMEOUT", "ACCESS_DENIED"] = "INTERNAL_SERVER_ERROR"
    # why `bulk_fail` (nothing is there) and `bulk_partial` (a part) end
    refusals: Annotated[int, Field(ge=1)] = 1  # how often `bulk_expired` refuses the result
    applied: bool = False  # do what was asked, though status, html, empty or null_data hides it

    @property
    def nth(self) -> int:
        """The first of the fitting requests that is struck."""
        return self.match.nth

    @property
    def limit(self) -> int | None:
        """How many are struck; None: until the plan is cleared."""
        return self.match.times

    @property
    def is_of_bulk(self) -> bool:
        """Tell whether it strikes bulk operations when they begin, and no requests."""
        return self.do.startswith("bulk_")

    @property
    def spoils(self) -> bool:
        """Tell whether it takes the place of what was asked, too."""
        return self.do in ("status", "html", "empty", "null_data") and not self.applied


PLANS: TypeAdapter[list[Fault]] = TypeAdapter(list[Fault])


@dataclass
class Faults:
    """What is planned to go wrong."""

    _plans: Plans[Fault] = field(default_factory=Plans)

    def plan(self, faults: Sequence[Fault]) -> None:
        """Add `faults`."""
        for fault in faults:
            self._plans.add(fault)

    def due(self, path: str, operation: str) -> Fault | None:
        """Say what goes wrong with this request, and count it."""
        return self._plans.due(
            lambda fault: (
                not fault.is_of_bulk
                and fnmatchcase(path, fault.match.path)
                and fault.match.operation in operation
            )
        )

    def due_in_bulk(self, query: str) -> Fault | None:
        """Say what goes wrong with the bulk operation that begins now, and count it."""
        return self._plans.due(lambda fault: fault.is_of_bulk and fault.match.operation in query)

    def listed(self) -> list[dict[str, Any]]:
        """Show each fault as planned, how many requests it fitted and how many it struck."""
        return self._plans.listed()

    def clear(self) -> None:
        """Drop the plan."""
        self._plans.clear()
