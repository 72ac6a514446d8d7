"""Starts, pauses, resumes and cancels runs: a row says what is wanted, tasks look at it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from shopbridge.errors import Rejected
from shopbridge.historic_sync.repository import Runs
from shopbridge.historic_sync.run import ReaderWanted, Run, Stream
from shopbridge.historic_sync.slicing import Window
from shopbridge.stores.store import Store

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

    def start(self, store: Store, streams: Sequence[Stream], reader: ReaderWanted = "auto") -> Run:
        """
        Begin a run of `streams`; where one is going on, it takes over what it lacks.

        `reader` is for a run that begins.

        Raises:
            NothingToDo: no stream is switched on.
            RunConflict: somebody else changed the run at the same moment.
        """
        if not streams:
            raise NothingToDo("no stream is switched on")
        run = self._going_on(store)
        if run is None:
            run = self._begun(store, tuple(streams), reader)
        added = tuple(one for one in streams if one not in run.streams)
        if added:
            run = self.runs.change(run, streams=(*run.streams, *added))
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

    def pause(self) -> Run:
        """
        Let the run stop after the page it is at.

        Raises:
            NothingToDo: none is running.
        """
        return self.runs.change(self._in("RUNNING"), state="PAUSED")

    def resume(self) -> Run:
        """
        Go on where it stopped.

        Raises:
            NothingToDo: none is paused.
        """
        run = self._in("PAUSED")
        run = self.runs.change(run, state="RUNNING", part=run.part + 1, resumed_at=self.now())
        self.launch(run)
        return run

    def cancel(self) -> Run:
        """
        End the run for good; what is in the queues still arrives.

        Raises:
            NothingToDo: none is running or paused.
        """
        run = self._in("RUNNING", "PAUSED")
        return self.runs.change(
            run, state="CANCELLED", reason="cancelled", waiting="", ended_at=self.now()
        )

    def window(self) -> Window:
        """Return the past as it is now."""
        return Window(None, self.now().replace(microsecond=0))

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

    def _begun(self, store: Store, streams: tuple[Stream, ...], reader: ReaderWanted) -> Run:
        at = self.now()
        run = Run(
            store=store.name,
            id=f"history-{at:%Y%m%dT%H%M%SZ}",
            epoch=store.epoch,
            started_at=at,
            until=self.window().until,
            streams=streams,
            reader=reader,
            before=self._had(store),
        )
        if self.runs.begin(run):
            return run
        other = self.runs.latest()
        assert other is not None
        return other

    def _in(self, *states: str) -> Run:
        run = self.runs.latest()
        if run is None or run.state not in states:
            raise NothingToDo(f"no historic sync is {' or '.join(states).lower()}")
        return run
