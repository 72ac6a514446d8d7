"""The command line against the local system."""

from typer.testing import CliRunner

from cli.main import app
from tests.integration.command import Said


def shopbridge(*words: str, typed: str = "") -> Said:
    """Run `shopbridge WORDS...`, with `typed` as its standard input."""
    result = CliRunner().invoke(app, words, input=typed, env={"COLUMNS": "200"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Said(result.exit_code, result.stdout, result.stderr)
