"""Draws the historic sync's state machine for docs/historic-sync.md, from its definition."""

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from infra.historic_machine import TASKS, definition

DOCUMENT = Path(__file__).parents[1] / "docs" / "historic-sync.md"
BLOCK = re.compile(r"(<!-- state machine: .+? -->\n```mermaid\n)(.*?)(```)", re.DOTALL)


def written(text: str) -> str:
    """Return `text` with today's diagram in its place."""
    return BLOCK.sub(lambda found: f"{found[1]}{diagram()}{found[3]}", text)


def diagram() -> str:
    """
    Draw each task, and which one follows what it says.

    The choice after a task and the wait that leads back to it are arrows, not states.
    """
    states: dict[str, Any] = definition(dict.fromkeys(TASKS, ""))["States"]  # type: ignore[assignment]  # read as JSON is
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for task in TASKS:
        for choice in states[f"after_{task}"]["Choices"]:
            target = states[choice["Next"]]
            to = target["Next"] if target["Type"] == "Wait" else choice["Next"]
            arrows[task, to].append(choice["StringEquals"])
        (caught,) = states[task]["Catch"]
        arrows[task, caught["Next"]].append("killed to the end")
    arrows["give_up", states["give_up"]["Next"]].append("noted")
    lines = [f"    {a} --> {b}: {', '.join(words)}" for (a, b), words in arrows.items()]
    ends = [f"    {name} --> [*]" for name in ("Ended", "Failed")]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {TASKS[0]}", *lines, *ends, ""])
