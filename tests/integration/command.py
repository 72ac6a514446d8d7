"""The command line against a stage that lies on moto."""

import json
from dataclasses import dataclass
from typing import Any

from typer.testing import CliRunner

from cli.main import app
from tests.integration.account import REGION, STAGE


@dataclass(frozen=True)
class Said:
    """What a command printed and ended with."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The standard output, which must be one JSON document."""
        return json.loads(self.out)


def shopbridge(*words: str, typed: str = "", stage: str = STAGE) -> Said:
    """Run `shopbridge WORDS...` on a stage, with `typed` as its standard input."""
    result = CliRunner().invoke(
        app, [*words, "--stage", stage, "--region", REGION], input=typed, env={"COLUMNS": "200"}
    )
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Said(result.exit_code, result.stdout, result.stderr)
