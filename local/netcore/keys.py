"""Who may call which API, and where each of them looks for the key."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

AuthMode = Literal["both", "bearer", "api-key"]


@dataclass(frozen=True)
class Key:
    """The panel's API key; Netcore's pages disagree on the activity API's header."""

    value: str
    activity_mode: AuthMode = "both"

    def opens_activities(self, headers: Mapping[str, str]) -> bool:
        """`Authorization: Bearer` or `api-key`, whichever the mode allows; one right is enough."""
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        by_bearer = scheme.lower() == "bearer" and self._is(bearer)
        by_header = self._is(headers.get("api-key"))
        return (by_bearer and self.activity_mode != "api-key") or (
            by_header and self.activity_mode != "bearer"
        )

    def opens_v3(self, headers: Mapping[str, str]) -> bool:
        """`api-key` in the header, and nowhere else."""
        return self._is(headers.get("api-key"))

    def opens_apiv2(self, query: Mapping[str, str]) -> bool:
        """`apikey` in the query, and nowhere else."""
        return self._is(query.get("apikey"))

    def _is(self, given: str | None) -> bool:
        return given is not None and hmac.compare_digest(given.encode(), self.value.encode())
