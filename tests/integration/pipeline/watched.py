"""Wraps the outside so that every call on it is a step, at which a test lets something happen."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any


class Crash(BaseException):
    """The process dies: no `except Exception` hears of it."""


@dataclass
class Steps:
    """Counts calls; `error` is raised at call `at`, before it is made or `after`."""

    at: int = 0
    error: BaseException | None = None
    after: bool = False
    of: str = ""
    """Count calls of this name only, for example `sns.publish`."""
    times: int = 1
    """How many calls in a row fail, from `at` on."""
    made: list[str] = field(default_factory=list)
    counted: int = 0

    def watch(self, name: str, target: Any) -> Any:
        """Return `target`, with every method a step called `<name>.<method>`."""
        return _Watched(name, target, self)

    def call(self, name: str, method: Any, args: Any, kwargs: Any) -> Any:
        """Make one call."""
        self.made.append(name)
        struck = self._strikes(name)
        if struck and not self.after:
            raise struck
        answer = method(*args, **kwargs)
        if struck:
            raise struck
        return answer

    def _strikes(self, name: str) -> BaseException | None:
        if self.of not in ("", name):
            return None
        self.counted += 1
        return self.error if self.at <= self.counted < self.at + self.times else None


class _Watched:
    def __init__(self, name: str, target: Any, steps: Steps) -> None:
        self._name = name
        self._target = target
        self._steps = steps

    def __getattr__(self, attribute: str) -> Any:
        method = getattr(self._target, attribute)
        if attribute == "meta":  # what a table's own client does with many rows is its step too
            return SimpleNamespace(client=_Watched(self._name, method.client, self._steps))
        if not callable(method):
            return method
        name = f"{self._name}.{attribute}"
        return lambda *args, **kwargs: self._steps.call(name, method, args, kwargs)
