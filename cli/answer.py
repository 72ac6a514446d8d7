"""How every command answers: lines for people or JSON for programs, and one of four exit codes."""

import json
from collections.abc import Mapping
from enum import IntEnum
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


class Ending(IntEnum):
    """What the exit code says."""

    GOOD = 0
    FINDINGS = 1
    USAGE = 2
    OTHER_SIDE_FAILED = 3


def show(result: Mapping[str, Any], *, as_json: bool) -> None:
    """Print `result` to the standard output."""
    if as_json:
        typer.echo(json.dumps(result, indent=2, default=str))
        return
    width = max((len(key) for key in result), default=0)
    for key, value in result.items():
        typer.echo(f"{key:<{width}}  {value}")


def progress(line: str) -> None:
    """Print `line` to the standard error, out of the way of results."""
    typer.echo(line, err=True)


def ended(ending: Ending, why: str = "") -> typer.Exit:
    """Return what to raise in order to end with `ending`, having said `why`."""
    if why:
        progress(why)
    return typer.Exit(int(ending))
