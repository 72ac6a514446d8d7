"""Wakes a run that waits for a bulk operation: it need not look again by itself."""

from shopbridge.historic_sync.control import Control
from shopbridge.historic_sync.run import Run


def wake(control: Control, id_: str) -> bool:
    """
    Let the run go on in a new execution; False where none waits for the operation `id_`.

    The execution that waits finds, when it looks, that its part is over.

    Raises:
        RunConflict: somebody else changed the run at the same moment.
    """
    run = control.runs.latest()
    if run is None or run.state != "RUNNING" or not _rouse(control, run, id_):
        return False
    control.go_on(run)
    return True


def _rouse(control: Control, run: Run, id_: str) -> bool:
    asleep = [one for one in control.runs.operations(run) if one.sleeps]
    if all(one.id != id_ for one in asleep):
        return False
    for one in asleep:
        control.runs.save(one, sleeps=False)
    return True
