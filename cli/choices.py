"""Settings as a command line writes them: `path=value`, checked as the page checks them."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from cli.answer import Ending, ended
from shopbridge.stores.settings import Settings


def change(written: str) -> tuple[list[str], str]:
    """Read `netcore.region=eu`: where it goes, and its value."""
    path, equals, value = written.partition("=")
    if not equals or not path:
        raise ended(Ending.USAGE, f"not path=value: {written}")
    return path.split("."), value


def put(fields: dict[str, Any], path: list[str], value: str) -> None:
    """
    Set what `path` names; whether there is such a setting is `valid`'s to say.

    What was text stays text; everything else is taken as JSON where it is JSON.
    """
    for step in path[:-1]:
        deeper = fields.setdefault(step, {})
        if not isinstance(deeper, dict):
            raise ended(Ending.USAGE, f"no such setting: {'.'.join(path)}")
        fields = deeper
    fields[path[-1]] = value if isinstance(fields.get(path[-1]), str) else _value(value)


def _value(written: str) -> Any:
    try:
        return json.loads(written)
    except ValueError:
        return written


def at(fields: Mapping[str, Any], path: str) -> Any:
    """Return what `path` names; everything for an empty path."""
    told: Any = fields
    for step in filter(None, path.split(".")):
        if not isinstance(told, Mapping) or step not in told:
            raise ended(Ending.USAGE, f"no such setting: {path}")
        told = told[step]
    return told


def valid(fields: Any) -> Settings:
    """Check settings as a whole; what is wrong ends the command, without its value."""
    try:
        return Settings.model_validate(fields)
    except ValidationError as exc:
        wrong = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in exc.errors()]
        raise ended(Ending.USAGE, "\n".join(wrong)) from exc
