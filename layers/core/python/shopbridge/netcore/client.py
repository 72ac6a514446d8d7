"""Calls to Netcore. The one module that knows httpx."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from http import HTTPStatus
from typing import Any, Literal
from urllib.parse import urlencode

import httpx

from shopbridge.errors import NetcoreKeyRefused, NetcoreRejected, NetcoreUnavailable
from shopbridge.netcore.answers import check, request_id, retry_after, summary
from shopbridge.netcore.regions import Hosts

CONNECT_SECONDS = 3
READ_SECONDS = 10
DEADLINE_SECONDS = 20
"""For a whole answer, however slowly it drips."""
LONGEST_ANSWER = 1_000_000
"""Bytes of an answer that are read at most."""
LONGEST_SUMMARY = 20_000_000
"""Bytes of an answer that holds all that one contact ever did."""

_LATER = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)
_TIMED_OUT = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT)
"""Said by somebody in between: what stands behind may have applied the request."""

Http = httpx.Client
AuthMode = Literal["bearer", "api-key", "both"]


def shared(transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """Open the one connection pool of a process; redirects are never followed."""
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs URLs, `apikey` included
    return httpx.Client(
        timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
        headers={"Accept": "application/json", "Accept-Encoding": "identity"},
        follow_redirects=False,
        transport=transport,
        trust_env=False,
    )


class NetcoreClient:
    """
    One store's access to Netcore: its hosts and its API key.

    Every call raises `NetcoreRejected` (the content is wrong), `NetcoreKeyRefused`
    (the key is), or `NetcoreUnavailable` (later, perhaps).
    """

    def __init__(
        self,
        http: httpx.Client,
        hosts: Hosts,
        api_key: str,
        *,
        auth_mode: AuthMode = "bearer",
        clock: Callable[[], float],
    ) -> None:
        if not (api_key.isascii() and api_key.isprintable()):
            raise NetcoreKeyRefused("no key consists of these characters")
        self._http = http
        self._hosts = hosts
        self._api_key = api_key
        self._auth_mode = auth_mode
        self._clock = clock

    def upload_activities(self, activities: Sequence[Mapping[str, Any]]) -> None:
        """
        Add 1 to 1,000 activities to their contacts' time lines.

        Unknown contacts are created; activities older than 24 h start no journey.
        Source: https://developer.netcorecloud.com/docs/add-activity-api
        """
        headers = {}
        if self._auth_mode in ("bearer", "both"):
            headers["Authorization"] = f"Bearer {self._api_key}"
        if self._auth_mode in ("api-key", "both"):
            headers["api-key"] = self._api_key
        self._post(f"{self._hosts.activity}/v1/activity/upload", list(activities), headers)

    def add_contacts(
        self,
        contacts: Sequence[Mapping[str, str | int]],
        *,
        primary_key: str,
        list_id: int,
        notify_email: str,
    ) -> None:
        """
        Create or update 1 to 1,000 contacts of at most 20 attributes each.

        Source: https://developer.netcorecloud.com/docs/add-bulk-contact-through-api
        """
        body = {
            "listid": list_id,
            "notifyemail": notify_email,
            "primarykey": primary_key.lower(),
            "data": list(contacts),
        }
        self._post(f"{self._hosts.batch}/v3/contact/batchadd", body, {"api-key": self._api_key})

    def upload_contacts(self, url: str, *, list_id: int, notify_email: str) -> str:
        """
        Have the contacts of a CSV file fetched from `url`; return the id of Netcore's job.

        Netcore answers before it has read the file. Which rows it takes, how large a file may
        be and what a signed URL is worth to it could be read nowhere.
        Source: https://developer.netcorecloud.com/docs/add-bulk-contact-2
        """
        form = {"path": url, "listid": str(list_id), "notifyemail": notify_email}
        return request_id(self._apiv2("contact", "bulkupload", form))

    def blacklist(self, identifiers: Sequence[str], *, primary_key: str) -> None:
        """
        Block the e-mail channel of up to 100 contacts, creating those Netcore lacks.

        Source: https://developer.netcorecloud.com/docs/blacklist-api
        """
        self._post(
            f"{self._hosts.batch}/v3/contact/blacklist?activity=blacklist&type=contact",
            {"data": list(identifiers)},
            {"api-key": self._api_key, "primarykey": primary_key, "channel": "email"},
        )

    def user_summary(self, primary_key: str, since: date, until: date) -> dict[str, Any]:
        """
        Return attributes and activities of the contact whose primary key this is.

        Source: Netcore's "Get user summary data" page; what it answers where it knows nobody
        is not documented, so a refusal may mean that.
        """
        asked = {
            "primary_key": primary_key,
            "from_date": f"{since:%d%m%Y}",
            "to_date": f"{until:%d%m%Y}",
        }
        form = {"data": json.dumps(asked)}
        return summary(self._apiv2("export_data", "get_user_summary_data", form))

    def erase(self, primary_key: str) -> None:
        """
        Have the contact with this primary key deleted, with all that it did; takes hours there.

        Source: Netcore's "Erasure API" page: the key of the contact is part of the query.
        """
        asked = {
            "type": "erasure_user_data",
            "activity": "request_erasure_data",
            "apikey": self._api_key,
            "primary_key": primary_key,
        }
        url = f"{self._hosts.contact}/apiv2?{urlencode(asked)}"
        check(self._send(url, b"", {"Content-Type": "application/x-www-form-urlencoded"}))

    def _apiv2(self, type_: str, activity: str, form: Mapping[str, str]) -> bytes:
        """Call a form API: its key goes into the query, whatever is personal into the body."""
        query = urlencode({"type": type_, "activity": activity, "apikey": self._api_key})
        return self._send(
            f"{self._hosts.contact}/apiv2?{query}",
            urlencode(form).encode(),
            {"Content-Type": "application/x-www-form-urlencoded"},
            longest=LONGEST_SUMMARY,
        )

    def _post(self, url: str, body: object, headers: Mapping[str, str]) -> None:
        content = json.dumps(body, ensure_ascii=True, allow_nan=False).encode()
        check(self._send(url, content, {"Content-Type": "application/json", **headers}))

    def _send(
        self, url: str, content: bytes, headers: Mapping[str, str], longest: int = LONGEST_ANSWER
    ) -> bytes:
        """Send and return the body of a 2xx answer, whatever it says."""
        try:
            with self._http.stream("POST", url, content=content, headers=headers) as response:
                return self._read(response, longest)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as exc:
            raise NetcoreUnavailable(type(exc).__name__) from exc
        except httpx.TransportError as exc:  # sent, perhaps applied, no answer
            raise NetcoreUnavailable(type(exc).__name__, ambiguous=True) from exc

    def _read(self, response: httpx.Response, longest: int) -> bytes:
        status = response.status_code
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            raise NetcoreKeyRefused(f"Netcore answered {status}")
        if status in _LATER or response.is_server_error or response.has_redirect_location:
            raise NetcoreUnavailable(
                str(status),
                retry_after=retry_after(response.headers.get("Retry-After")),
                ambiguous=status in _TIMED_OUT,
                throttled=status == HTTPStatus.TOO_MANY_REQUESTS,
            )
        answer = self._capped(response, longest)
        if not response.is_success:
            raise NetcoreRejected(status, "refused")
        return answer

    def _capped(self, response: httpx.Response, longest: int) -> bytes:
        """Read what fits; more, or an encoding we did not ask for, is no answer of Netcore's."""
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise NetcoreUnavailable("an encoded answer", ambiguous=True)
        ends_at = self._clock() + DEADLINE_SECONDS
        answer = bytearray()
        for chunk in response.iter_raw():
            answer += chunk
            if len(answer) > longest or self._clock() > ends_at:
                raise NetcoreUnavailable("an endless answer", ambiguous=True)
        return bytes(answer)
