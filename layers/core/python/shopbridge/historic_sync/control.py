"""Starts, holds, retries and extends runs: a row says what is wanted, tasks look at it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from shopbridge import times
from shopbridge.errors import Rejected
from shopbridge.historic_sync.coverage import extendable, left
from shopbridge.historic_sync.repository import RunConflict, Runs
from shopbridge.historic_sync.run import ReaderWanted, Run, RunState, Stream, in_order
from shopbridge.historic_sync.slicing import Window
from shopbridge.stores.store import Store

MOST_DAYS = 3_650
"""That a run may be told to go back; whoever wants more wants everything."""

TRIES: Final = 5
"""How often a wish is written anew where the machine has written the run meanwhile."""

Launch = Callable[[Run], None]
"""Starts the execution of a run's current part; again is harmless."""


class NothingToDo(Rejected):
    """There is no run in a state in which this can be asked for."""


@dataclass(frozen=True, slots=True)
class Control:
    """The historic sync of one store."""

    runs: Runs
    launch: Launch
    now: Callable[[], datetime]

    def start(
        self,
        store: Store,
        streams: Sequence[Stream],
        days: int | None = None,
        reader: ReaderWanted = "auto",
    ) -> Run:
        """
        Begin a run of `streams`; where one is going on, it takes over what it lacks.

        With `days` it goes so many days back; `extend` reads the rest. `reader` is for a run
        that begins.

        Raises:
            NothingToDo: no stream is switched on.
            RunConflict: somebody else changed the run at the same moment.
        """
        if not streams:
            raise NothingToDo("no stream is switched on")
        run = self._going_on(store)
        if run is None:
            since = self.window(days).since
            run = self._begun(store, tuple(streams), since=since, reader=reader)
        added = tuple(one for one in streams if one not in run.streams)
        if added:
            # A new part: the old execution may wait for a tail, for hours.
            wanted = (*run.streams, *added)
            run = self.runs.change(run, streams=wanted, part=run.part + (run.state == "RUNNING"))
        if run.state == "RUNNING":
            self.launch(run)
        return run

    def start_once(self, store: Store, streams: Sequence[Stream]) -> Run | None:
        """Begin a run for what of `streams` no run of this install has had yet."""
        had = self._had(store)
        new = [one for one in streams if one not in had]
        if new:
            return self.start(store, new)
        if run := self._going_on(store):  # its execution may never have begun
            self.start(store, run.streams)
        return None

    def retry(self, store: Store) -> Run:
        """
        Begin a run of what the last one missed, and of nothing else.

        Raises:
            NothingToDo: the last run is not over, or missed nothing.
        """
        last = self._last(store)
        missed = [one.stream for one in self.runs.slices(last) if one.gaps]
        if last.state != "COMPLETE_WITH_GAPS" or not missed:
            raise NothingToDo("the last historic sync missed nothing")
        return self._launched(self._begun(store, in_order(missed), retries=last.gaps_key))

    def extend(self, store: Store) -> Run:
        """
        Begin a run of what is older than what was read so far.

        Raises:
            NothingToDo: the last run is not over, or nothing older is left that the app may see.
        """
        last = self._last(store)
        tops = extendable(last, store, self.now())
        if not tops:
            raise NothingToDo("nothing older is left to read")
        return self._launched(self._begun(store, in_order(tops), tops=dict(tops)))

    def pause(self) -> Run:
        """
        Let the run stop after the page it is at.

        Raises:
            NothingToDo: none is running.
        """
        return self._changed(("RUNNING",), lambda run: {"state": "PAUSED", "paused_at": self.now()})

    def resume(self) -> Run:
        """
        Go on where it stopped.

        Raises:
            NothingToDo: none is paused.
        """
        return self._launched(self._changed(("PAUSED",), self._resumed))

    def cancel(self) -> Run:
        """
        End the run for good; what is in the queues still arrives.

        Raises:
            NothingToDo: none is running or paused.
        """
        ended = {"state": "CANCELLED", "reason": "cancelled", "waiting": ""}
        return self._changed(("RUNNING", "PAUSED"), lambda run: {**ended, "ended_at": self.now()})

    def window(self, days: int | None = None) -> Window:
        """Return the past as it is now, or the last `days` of it."""
        until = times.second(self.now())
        return Window(until - timedelta(days=days) if days else None, until)

    def go_on(self, run: Run) -> Run:
        """Continue `run` in a new execution, long before the old one has too many entries."""
        run = self.runs.change(run, part=run.part + 1)
        self.launch(run)
        return run

    def _going_on(self, store: Store) -> Run | None:
        run = self.runs.latest()
        return run if run and not run.is_over and run.epoch == store.epoch else None

    def _had(self, store: Store) -> tuple[Stream, ...]:
        """List the streams that runs of this install have had so far."""
        run = self.runs.latest()
        if run is None or run.epoch != store.epoch:
            return ()
        return tuple(dict.fromkeys((*run.before, *run.streams)))

    def _last(self, store: Store) -> Run:
        """Return the last run of this install, which has to be over."""
        run = self.runs.latest()
        if run is None or run.epoch != store.epoch:
            raise NothingToDo("there was no historic sync yet")
        if not run.is_over:
            raise NothingToDo("a historic sync is going on")
        return run

    def _launched(self, run: Run) -> Run:
        self.launch(run)
        return run

    def _begun(self, store: Store, streams: tuple[Stream, ...], **how: Any) -> Run:
        at, last = self.now(), self.runs.latest()
        is_known = last is not None and last.epoch == store.epoch
        run = Run(
            store=store.name,
            id=f"history-{at:%Y%m%dT%H%M%SZ}",
            epoch=store.epoch,
            started_at=at,
            until=self.window().until,
            streams=streams,
            before=self._had(store),
            floor=dict(left(last)) if last and is_known else {},
            **how,
        )
        if self.runs.begin(run):
            return run
        other = self.runs.latest()
        assert other is not None
        return other

    def _resumed(self, run: Run) -> Mapping[str, Any]:
        now = self.now()
        held = int((now - run.paused_at).total_seconds()) if run.paused_at else 0
        return {
            "state": "RUNNING",
            "part": run.part + 1,
            "resumed_at": now,
            "paused_at": None,
            "paused_seconds": run.paused_seconds + held,
        }

    def _changed(self, states: Sequence[RunState], how: Callable[[Run], Mapping[str, Any]]) -> Run:
        """Write what somebody wants, though the machine may write the same row right now."""
        for _ in range(TRIES):
            run = self._in(*states)
            with suppress(RunConflict):
                return self.runs.change(run, **how(run))
        raise RunConflict("the run keeps changing")

    def _in(self, *states: RunState) -> Run:
        run = self.runs.latest()
        if run is None or run.state not in states:
            raise NothingToDo(f"no historic sync is {' or '.join(states).lower()}")
        return run
