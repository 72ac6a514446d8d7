"""What the tests of the store simulator share: a store in this process, and a clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

from local.netcore.in_process import InProcess
from local.store.app import Shop, create_app
from local.store.served import ACCESS_TOKEN

START = datetime(2026, 11, 23, 8, tzinfo=UTC)


@dataclass
class StoreInProcess:
    """A simulator in this process; seconds pass only when told or slept."""

    shops: tuple[Shop, ...] = (Shop(start=START),)
    rule: str = "sublinear"
    seconds: float = 0.0
    http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        app = create_app(
            self.shops, rule=self.rule, seconds=lambda: self.seconds, sleep=self._sleep
        )
        self.http = httpx.Client(transport=InProcess(app), base_url="http://store.test")

    async def _sleep(self, seconds: float) -> None:
        self.seconds += seconds

    def post(
        self, query: str, variables: Mapping[str, Any] | None = None, token: str = ACCESS_TOKEN
    ) -> httpx.Response:
        """Send a GraphQL request."""
        return self.http.post(
            "/admin/api/2026-10/graphql.json",
            json={"query": query, "variables": variables or {}},
            headers={"X-Shopify-Access-Token": token},
        )

    def ask(self, query: str, /, **variables: Any) -> Any:
        """Send a GraphQL request and return its answer's JSON."""
        return self.post(query, variables).json()

    def get(self, path: str) -> Any:
        """Look at one of the simulator's own pages."""
        return self.http.get(path).json()

    def fault(self, **fault: Any) -> None:
        """Plan a fault."""
        assert self.http.post("/_faults", json=fault).status_code == 201

    def happen(self, event: str, target: str | None = None, **how: Any) -> Any:
        """Let something happen in the store."""
        return self.http.post("/_world", json={"event": event, "target": target, "how": how}).json()
