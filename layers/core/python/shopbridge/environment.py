"""The environment of a function, as infra sets it; nothing else reads `os.environ`."""

import os
from collections.abc import Mapping


class Environment:
    """Named access to the variables that infra sets; a missing one is named in the error."""

    def __init__(self, variables: Mapping[str, str] = os.environ) -> None:
        self.variables = variables

    def __getitem__(self, name: str) -> str:
        """Return the variable `name`; KeyError says who should have set it."""
        value = self.variables.get(name)
        if not value:
            raise KeyError(f"{name} is not set: infra gives it to every function")
        return value

    def get(self, name: str) -> str | None:
        """Return the variable `name`, None where it is unset or empty."""
        return self.variables.get(name) or None
