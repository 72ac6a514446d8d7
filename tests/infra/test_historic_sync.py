"""The state machine of the historic sync follows what its tasks say, and nothing else."""

from typing import Any, get_args

from infra.historic_machine import TASKS, definition
from shopbridge.historic_sync.step import Next

STATES: Any = definition({name: f"arn:{name}" for name in TASKS})["States"]


def test_every_state_leads_somewhere() -> None:
    """No word of a task, and no failure, ends at a state that is not there."""
    targets = {
        target
        for state in STATES.values()
        for target in [
            state.get("Next"),
            *(choice["Next"] for choice in state.get("Choices", ())),
            *(catch["Next"] for catch in state.get("Catch", ())),
        ]
        if target
    }

    assert targets <= STATES.keys()


def test_every_word_of_a_task_is_understood() -> None:
    """What `Step.next` may say is what each choice knows."""
    for task in TASKS:
        words = {choice["StringEquals"] for choice in STATES[f"after_{task}"]["Choices"]}
        assert words == set(get_args(Next))


def test_what_is_missing_is_read_again() -> None:
    """Verifying leads back to reading, finishing back to planning."""
    back = {
        task: choice["Next"]
        for task in ("verify", "finish")
        for choice in STATES[f"after_{task}"]["Choices"]
        if choice["StringEquals"] == "again"
    }

    assert back == {"verify": "read", "finish": "plan"}


def test_a_task_that_fails_to_the_end_fails_the_run() -> None:
    """It is tried again first; then the run's row says so, and the execution fails: the alarm."""
    for task in TASKS:
        assert STATES[task]["Retry"][0]["ErrorEquals"] == ["States.ALL"]
        assert STATES[task]["Catch"][0]["Next"] == "give_up"
    assert STATES["give_up"]["Next"] == "Failed"
