"""Starts the execution of a run, under a name that is the same however often it is asked for."""

import json
from typing import TYPE_CHECKING

from shopbridge.historic_sync.run import Run

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient


def launch(client: "SFNClient", machine: str, run: Run) -> None:
    """Start the execution of the run's current part; one that has begun is left alone."""
    told = {"store": run.store, "run": run.id, "part": run.part, "steps": 0}
    try:
        client.start_execution(stateMachineArn=machine, name=run.execution, input=json.dumps(told))
    except client.exceptions.ExecutionAlreadyExists:
        return
