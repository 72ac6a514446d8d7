"""What is to go wrong, for which requests, and how often."""

from asyncio import Event
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl, unquote_plus

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from local.plans import Plans

Deed = Literal[
    "status",
    "delay",
    "hang",
    "drip",
    "reset_before",
    "reset_after_apply",
    "truncate",
    "html",
    "redirect",
    "huge",
    "gzip_bomb",
    "throttle",
    "error_200",
    "empty",
]


class Match(BaseModel):
    """Which requests: all of these must hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str = "*"  # may hold `*` and query fields: `/v3/*`, `/apiv2?activity=addsync`
    contains: str = ""  # in the body, as sent or with its form fields decoded
    nth: Annotated[int, Field(ge=1)] = 1  # the first of the matching requests that is hit
    times: Annotated[int, Field(ge=1)] | None = None  # how many are hit; see `Fault.limit`


class Fault(BaseModel):
    """One planned misbehaviour."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    do: Deed
    match: Match = Match()
    status: Annotated[int, Field(ge=400, le=599)] = 503
    seconds: Annotated[float, Field(ge=0, le=3600)] = 1  # `delay`; between two bytes of `drip`
    retry_after: Annotated[str, Field(pattern=r"^[\x20-\x7e]+$")] | None = None
    message: str = "Internal error"  # of `error_200`
    for_seconds: Annotated[float, Field(gt=0)] | None = None  # from now; then it is over

    @property
    def nth(self) -> int:
        """The first of the fitting requests that is struck."""
        return self.match.nth

    @property
    def limit(self) -> int | None:
        """How often it strikes: as said (null: until cleared); else once, or the whole window."""
        if "times" in self.match.model_fields_set:
            return self.match.times
        return None if self.for_seconds else 1


PLANS: TypeAdapter[list[Fault]] = TypeAdapter(list[Fault])


@dataclass(frozen=True)
class Asked:
    """What a request is matched by."""

    path: str
    query: str
    body: bytes

    def is_meant_by(self, match: Match) -> bool:
        """Tell whether `match` speaks of this request, its number aside."""
        path, _, query = match.path.partition("?")
        return (
            fnmatchcase(self.path, path)
            and set(parse_qsl(query)) <= set(parse_qsl(self.query))
            and self._contains(match.contains)
        )

    def _contains(self, wanted: str) -> bool:
        text = self.body.decode("utf-8", "replace") if wanted else ""
        return wanted in text or wanted in unquote_plus(text)


class Faults:
    """What is planned to go wrong, and who waits for it to end."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._plans = Plans[Fault]()
        self._held: set[Event] = set()

    def plan(self, faults: Sequence[Fault]) -> None:
        """Add `faults`; their windows begin now."""
        for fault in faults:
            if fault.for_seconds is None:
                self._plans.add(fault)
            else:
                self._plans.add(fault, self._window(fault.for_seconds))

    def due(self, asked: Asked) -> Fault | None:
        """Say what goes wrong with this request, and count it."""
        return self._plans.due(lambda fault: asked.is_meant_by(fault.match))

    def listed(self) -> list[dict[str, Any]]:
        """Show each fault as planned, how many requests it fitted and how many it struck."""
        return self._plans.listed()

    def clear(self) -> None:
        """Drop the plan and let go of every request that hangs."""
        self._plans.clear()
        for held in self._held:
            held.set()

    async def cleared(self) -> None:
        """Wait for the next `clear`."""
        held = Event()
        self._held.add(held)
        try:
            await held.wait()
        finally:
            self._held.discard(held)

    def _window(self, seconds: float) -> Callable[[], bool]:
        until = self._clock() + timedelta(seconds=seconds)
        return lambda: self._clock() >= until
