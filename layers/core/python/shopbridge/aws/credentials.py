"""Who signs: the temporary keys that Lambda gives to a function."""

from collections.abc import Mapping

import msgspec


class Credentials(msgspec.Struct, frozen=True):
    """An access key, its secret and, for temporary ones, the session token."""

    access_key: str
    secret_key: str
    session_token: str = ""

    def __repr__(self) -> str:
        """Name the access key only: the rest is secret."""
        return f"Credentials({self.access_key})"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Credentials":
        """Read the three variables that Lambda sets; KeyError names the one that is missing."""
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            if not environ.get(name):
                raise KeyError(f"{name} is not set: Lambda gives it to every function")
        return cls(
            environ["AWS_ACCESS_KEY_ID"],
            environ["AWS_SECRET_ACCESS_KEY"],
            environ.get("AWS_SESSION_TOKEN", ""),
        )
