"""The Netcore simulator, as tests look into it and disturb it."""

from typing import Any

import httpx

ACTIVITIES = "/v1/activity/upload"


class Netcore:
    """What reached it from one store, and what is to go wrong."""

    def __init__(self, http: httpx.Client, url: str) -> None:
        self._http = http
        self._url = url

    def activities(self, handle: str) -> list[dict[str, Any]]:
        """List the activities of the store `handle`, oldest first."""
        return [
            one for one in self._received("activities") if one["activity_params"]["store"] == handle
        ]

    def names(self, handle: str) -> list[str]:
        """Name the activities of the store `handle`, oldest first."""
        return [one["activity_name"] for one in self.activities(handle)]

    def contacts(self, customer: str) -> list[dict[str, Any]]:
        """List what was sent of the contact with this CUSTID, oldest first, without time stamps."""
        return [
            {name: value for name, value in one.items() if not name.startswith("_")}
            for one in self._received("contacts")
            if one.get("CUSTID") == customer
        ]

    def known_of(self, customers: set[str]) -> set[str]:
        """Return those of `customers` whose contact was sent."""
        return {str(one.get("CUSTID")) for one in self._received("contacts")} & customers

    def blacklisted(self, customer: str) -> bool:
        """Tell whether the contact with this CUSTID was ever blacklisted."""
        return any(one["id"] == customer for one in self._received("blacklist"))

    def erasures(self) -> list[str]:
        """List the primary keys whose erasure was asked for, oldest first."""
        return [str(one["primary_key"]) for one in self._received("erasures")]

    def fault(
        self,
        do: str,
        contains: str,
        *,
        path: str = "/v1/activity/upload",
        nth: int = 1,
        **more: Any,
    ) -> None:
        """Plan what goes wrong with calls that contain a text, from the nth until it is cleared."""
        match = {"path": path, "contains": contains, "nth": nth, "times": None}
        answer = self._http.post(f"{self._url}/_faults", json={"do": do, "match": match, **more})
        answer.raise_for_status()

    def struck(self) -> int:
        """Count the requests that a planned fault has met."""
        return sum(fault["struck"] for fault in self._get("/_faults")["faults"])

    def mend(self) -> None:
        """Let nothing go wrong any more, and let go of what hangs."""
        self._http.delete(f"{self._url}/_faults").raise_for_status()

    def _received(self, kind: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._get("/_received")[kind]
        return found

    def _get(self, path: str) -> Any:
        return self._http.get(f"{self._url}{path}").raise_for_status().json()
