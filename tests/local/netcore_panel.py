"""What the tests of the Netcore simulator share: a panel in this process, and good requests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from local.netcore.app import create_app
from local.netcore.in_process import InProcess

BASE = "http://netcore.test"
BEARER = {"authorization": "Bearer netcore-local-key"}
API_KEY = {"api-key": "netcore-local-key"}

ACTIVITY: dict[str, Any] = {
    "asset_id": "site-1",
    "activity_name": "Product Purchase",
    "timestamp": "2026-11-01T10:00:00+05:30",
    "identity": "7001",
    "activity_source": "web",
    "activity_params": {"orderid": "5001", "total_price": 120.5, "items": [{"prid": 1}]},
}
ROW: dict[str, Any] = {"CUSTID": "7001", "EMAIL": "a@example.com", "TOTALORDERS": 3}


@dataclass
class Panel:
    """A simulator in this process, with a clock that moves only when told or slept on."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    now: datetime = datetime(2026, 11, 23, 8, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        app = create_app(clock=lambda: self.now, sleep=self._sleep, **self.settings)
        self.http = httpx.Client(transport=InProcess(app), base_url=BASE)

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)

    def upload(self, *activities: object) -> httpx.Response:
        """Send activities with the right key."""
        return self.http.post("/v1/activity/upload", json=activities, headers=BEARER)

    def batch(self, *rows: object, **envelope: object) -> httpx.Response:
        """Send contacts with the right key and a good envelope, `envelope` written over it."""
        good = {"listid": 5, "notifyemail": "ops@example.com", "primarykey": "custid"}
        body = {**good, "data": rows, **envelope}
        return self.http.post("/v3/contact/batchadd", json=body, headers=API_KEY)

    def blacklist(self, *ids: object, **headers: str) -> httpx.Response:
        """Blacklist contacts with the right key, `headers` written over the good ones."""
        return self.http.post(
            "/v3/contact/blacklist?activity=blacklist",
            json={"data": ids},
            headers={**API_KEY, "primarykey": "CUSTID", "channel": "email", **headers},
        )

    def form(self, activity: str, form: dict[str, str], **query: str) -> httpx.Response:
        """Send a form to `apiv2` with the right key, `query` written over the good one."""
        good = {"type": "contact", "activity": activity, "apikey": "netcore-local-key"}
        return self.http.post("/apiv2", params={**good, **query}, data=form)

    def fault(self, **fault: object) -> None:
        """Plan a fault."""
        assert self.http.post("/_faults", json=fault).status_code == 201

    def received(self, kind: str) -> list[dict[str, Any]]:
        """What was accepted of this kind."""
        entries: list[dict[str, Any]] = self.http.get("/_received").json()[kind]
        return entries

    def contacts(self) -> list[dict[str, Any]]:
        """The panel's contacts."""
        entries: list[dict[str, Any]] = self.http.get("/_state").json()["contacts"]
        return entries
