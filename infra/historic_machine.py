"""The historic sync's state machine as Step Functions reads it; knows nothing of CDK."""

from collections.abc import Mapping

TASKS = ("plan", "read", "settle", "verify", "finish")

RETRY = [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 2, "MaxAttempts": 5, "BackoffRate": 2}]


def definition(arns: Mapping[str, str]) -> dict[str, object]:
    """
    The state machine: tasks by name, each followed by what it says is next.

    Whatever a task returns is a name or a number. `Retry` is for functions that were killed;
    where all tries are used up, `finish` writes down that the run has failed.
    """
    states: dict[str, object] = {}
    for name, after in zip(TASKS, (*TASKS[1:], "Ended"), strict=True):
        states |= _task(name, arns[name], after)
    give_up = _call(arns["finish"], "Failed")
    states["give_up"] = {**give_up, "Retry": RETRY}
    states["Failed"] = {"Type": "Fail", "Error": "HistoricSyncFailed"}
    states["Ended"] = {"Type": "Succeed"}
    return {"Comment": "Historic sync of one store", "StartAt": TASKS[0], "States": states}


def _task(name: str, arn: str, after: str) -> dict[str, object]:
    back = {"verify": "read", "finish": "plan"}.get(name, name)
    told = {"more": name, "wait": f"wait_{name}", "done": after, "again": back}
    told |= {"stop": "Ended", "fail": "Failed"}
    catch = [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.failed", "Next": "give_up"}]
    return {
        name: {**_call(arn, f"after_{name}"), "Retry": RETRY, "Catch": catch},
        f"after_{name}": {
            "Type": "Choice",
            "Choices": [
                {"Variable": "$.next", "StringEquals": word, "Next": state}
                for word, state in told.items()
            ],
        },
        f"wait_{name}": {"Type": "Wait", "SecondsPath": "$.seconds", "Next": name},
    }


def _call(arn: str, after: str) -> dict[str, object]:
    return {"Type": "Task", "Resource": arn, "Next": after}
