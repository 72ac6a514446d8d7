"""The webhook functions of this checkout, by topic."""

import importlib.util
from typing import Any

import typer

from cli.answer import Ending, ended
from infra.topics import TOPICS
from shopbridge.entry.webhook import Webhook


def webhook_of(topic: str) -> Webhook[Any]:
    """Load the function of `topic`; an unknown topic ends the command and lists the known."""
    source = TOPICS.get(topic)
    if source is None:
        known = "\n  ".join(sorted(TOPICS))
        raise ended(Ending.USAGE, f"no such topic: {topic}\nTopics:\n  {known}")
    spec = importlib.util.spec_from_file_location(f"topic.{source.stem}", source)
    if spec is None or spec.loader is None:
        raise typer.BadParameter(f"{source} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    handler: Webhook[Any] = module.handler
    return handler
