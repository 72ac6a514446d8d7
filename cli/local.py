"""`shopbridge local`: the whole system on this machine, up and down."""

from dataclasses import asdict

import typer

from cli.answer import AsJson, Ending, ended, progress, show
from local import run
from local.deploy import CdkFailed
from local.processes import NotServing

app = typer.Typer(no_args_is_help=True, help="The whole system on this machine, offline.")


@app.command()
def up(as_json: AsJson = False) -> None:
    """Start everything in the background, wait until it serves, print how to reach it."""
    try:
        running = run.up(progress)
    except (NotServing, CdkFailed) as failed:
        raise ended(Ending.OTHER_SIDE_FAILED, str(failed)) from failed
    show(asdict(running), as_json=as_json)


@app.command()
def down(as_json: AsJson = False) -> None:
    """Stop what `up` started; what was deployed is kept for the next start."""
    show({"stopped": run.down(progress)}, as_json=as_json)


@app.command()
def status(as_json: AsJson = False) -> None:
    """Print how to reach the running system; exit code 1 if it does not run."""
    running = run.status()
    if running is None:
        raise ended(Ending.FINDINGS, "not running: `shopbridge local up` starts it")
    show(asdict(running), as_json=as_json)
