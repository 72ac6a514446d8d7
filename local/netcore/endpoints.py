"""Netcore's endpoints: who may call them, what they keep, what they answer."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from local.netcore import activities, answers, bulk_files, consents, contacts, reading
from local.netcore.bulk_files import Fetch
from local.netcore.keys import Key
from local.netcore.misbehaviour import BODY_LIMIT
from local.netcore.panel import Panel
from local.netcore.refusal import Refused

ACTIVITY_BODY_LIMIT = 900 * 1024  # bytes; Netcore's own is unpublished, this is what we keep to

Query = Mapping[str, str]
Form = dict[str, str]
Summary = tuple[str, dict[str, Any]]
"""A contact's primary key, and what is held under it."""


class Endpoints:
    """The APIs on one base URL; their paths tell the families apart."""

    def __init__(self, panel: Panel, key: Key, fetch: Fetch) -> None:
        self._panel = panel
        self._key = key
        self._fetch = fetch
        self._forms: dict[tuple[str, str], Callable[[Query, Form], Summary | None]] = {
            ("contact", "add"): self._add,
            ("contact", "addsync"): self._add_sync,
            ("contact", "bulkupload"): self._bulk_upload,
            ("erasure_user_data", "request_erasure_data"): self._erase,
            ("export_data", "get_user_summary_data"): self._summary,
        }

    def routes(self) -> list[Route]:
        """List the endpoints."""
        return [
            Route("/v1/activity/upload", self.upload, methods=["POST"]),
            Route("/v3/contact/batchadd", self.batch_add, methods=["POST"]),
            Route("/v3/contact/blacklist", self.blacklist, methods=["POST"]),
            Route("/apiv2", self.apiv2, methods=["POST"]),
        ]

    async def upload(self, request: Request) -> Response:
        """Take activities; those with an empty array in their parameters vanish under a 200."""
        if not self._key.opens_activities(request.headers):
            return answers.missing_token()
        uploaded = activities.accepted(await _body(request, ACTIVITY_BODY_LIMIT))
        stored = [activity for activity in uploaded if activities.is_stored(activity)]
        self._panel.keep("activities", stored)
        self._panel.drop("activities", len(uploaded) - len(stored))
        return answers.activity_success()

    async def batch_add(self, request: Request) -> Response:
        """Take contacts by JSON, all or none."""
        if not self._key.opens_v3(request.headers):
            return answers.wrong_key(given="api-key" in request.headers)
        body = await _body(request)
        reading.require_media_type(request.headers.get("content-type"), reading.JSON)
        self._panel.keep("contacts", contacts.batch(body))
        return answers.success()

    async def blacklist(self, request: Request) -> Response:
        """Block contacts' e-mail, all or none."""
        if not self._key.opens_v3(request.headers):
            return answers.wrong_key(given="api-key" in request.headers)
        body = await _body(request)
        reading.require_media_type(request.headers.get("content-type"), reading.JSON)
        blocked = consents.blacklist(request.query_params, request.headers, body)
        self._panel.keep("blacklist", blocked)
        return answers.success()

    async def apiv2(self, request: Request) -> Response:
        """Take a form; whatever is wrong with it, the status is 200."""
        query = request.query_params
        if not self._key.opens_apiv2(query):
            return answers.failed("Invalid API key")
        body = await _body(request)
        take = self._forms.get((query.get("type", ""), query.get("activity", "")))
        if take is None:
            return answers.failed("Invalid activity")
        try:
            if body:
                reading.require_media_type(request.headers.get("content-type"), reading.FORM)
            form = reading.form(body)
            told = take(query, form)
        except Refused as exc:
            # The asynchronous call looks at nothing but the key before it answers.
            if query.get("activity") != "add":
                return answers.failed(exc.reason)
            self._panel.drop("contacts")
            return answers.success()
        answer = answers.success() if told is None else answers.summary(*told)
        if take == self._bulk_upload:  # the file is fetched once its caller has been answered
            answer.background = BackgroundTask(bulk_files.take, self._panel, form, self._fetch)
        return answer

    def _add(self, query: Query, form: Form) -> None:
        _no_more_than_documented(query)
        self._panel.keep("contacts", [contacts.single(form, self._panel.primary_key, "add")])

    def _add_sync(self, query: Query, form: Form) -> None:
        _no_more_than_documented(query)
        self._panel.keep("contacts", [contacts.single(form, self._panel.primary_key, "addsync")])

    def _bulk_upload(self, query: Query, form: Form) -> None:
        _no_more_than_documented(query)
        self._panel.keep("uploads", [contacts.upload(form)])

    def _erase(self, query: Query, form: Form) -> None:
        self._panel.keep("erasures", [consents.erasure(query, form)])

    def _summary(self, query: Query, form: Form) -> Summary:
        _no_more_than_documented(query)
        who = consents.summary(form)
        return who.primary_key, self._panel.summary(who.primary_key, who.since, who.until)


async def on_refused(request: Request, exc: Exception) -> Response:
    """Answer for whichever endpoint refused."""
    if not isinstance(exc, Refused):
        raise exc
    return answers.refused(exc.reason, exc.status)


async def _body(request: Request, limit: int = BODY_LIMIT) -> bytes:
    body = await request.body()
    if len(body) > limit:
        raise Refused("the body is too long", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return body


def _no_more_than_documented(query: Query) -> None:
    """Personal data in the query would end in access logs; Netcore's pages show it both ways."""
    if query.keys() != {"type", "activity", "apikey"}:
        raise Refused("unexpected query parameter")
