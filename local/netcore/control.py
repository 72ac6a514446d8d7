"""The simulator's own endpoints, for people and tests: look inside, plan faults, start again."""

from http import HTTPStatus

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from local.netcore import reading
from local.netcore.answers import AsciiJSONResponse
from local.netcore.callbacks import Callbacks, Target, Unsubscribed, WebMessage
from local.netcore.faults import PLANS, Faults
from local.netcore.panel import Panel


class Control:
    """Everything under `/_`; no key is asked for, and no fault strikes here."""

    def __init__(self, panel: Panel, faults: Faults, callbacks: Callbacks) -> None:
        self._panel = panel
        self._faults = faults
        self._callbacks = callbacks

    def routes(self) -> list[Route]:
        """List the endpoints."""
        return [
            Route("/_received", self.received, methods=["GET"]),
            Route("/_state", self.state, methods=["GET"]),
            Route("/_health", self.health, methods=["GET"]),
            Route("/_reset", self.reset, methods=["POST"]),
            Route("/_faults", self.list_faults, methods=["GET"]),
            Route("/_faults", self.plan_faults, methods=["POST"]),
            Route("/_faults", self.clear_faults, methods=["DELETE"]),
            Route("/_callback", self.call_back, methods=["POST"]),
            Route("/_callbacks", self.called_back, methods=["GET"]),
            Route("/_unsubscribe", self.unsubscribe, methods=["POST"]),
            Route("/_web_message", self.web_message, methods=["POST"]),
        ]

    async def received(self, request: Request) -> Response:
        """Show every accepted item in Netcore's own field names, oldest first."""
        return AsciiJSONResponse(dict(self._panel.received()))

    async def state(self, request: Request) -> Response:
        """Show the panel that results."""
        return AsciiJSONResponse(self._panel.state())

    async def health(self, request: Request) -> Response:
        """Say that it serves, and how much it holds."""
        return AsciiJSONResponse({"status": "ok", "received": self._panel.counts()})

    async def reset(self, request: Request) -> Response:
        """Forget everything: what was received, and the faults."""
        self._panel.forget()
        self._faults.clear()
        return AsciiJSONResponse({"status": "ok"})

    async def list_faults(self, request: Request) -> Response:
        """Show the plan."""
        return AsciiJSONResponse({"faults": self._faults.listed()})

    async def plan_faults(self, request: Request) -> Response:
        """Plan one fault or a list of them; a plan with a mistake in it changes nothing."""
        document = reading.parse(await request.body())
        try:
            faults = PLANS.validate_python(document if isinstance(document, list) else [document])
        except ValidationError as exc:
            return _refused(exc)
        self._faults.plan(faults)
        return AsciiJSONResponse({"faults": self._faults.listed()}, HTTPStatus.CREATED)

    async def call_back(self, request: Request) -> Response:
        """`{"url", "headers"}`: where unsubscribes and web messages are told from now on."""
        try:
            self._callbacks.target = Target.model_validate(reading.parse(await request.body()))
        except ValidationError as exc:
            return _refused(exc)
        return AsciiJSONResponse({"status": "ok"})

    async def called_back(self, request: Request) -> Response:
        """Show what was told, and how it was answered, oldest first."""
        return AsciiJSONResponse({"callbacks": self._callbacks.made})

    async def unsubscribe(self, request: Request) -> Response:
        """`{"email", "at", "shape", "times"}`: somebody clicks on the link in a mail."""
        try:
            one = Unsubscribed.model_validate(reading.parse(await request.body()))
        except ValidationError as exc:
            return _refused(exc)
        return AsciiJSONResponse({"statuses": await self._callbacks.unsubscribed(one)})

    async def web_message(self, request: Request) -> Response:
        """`{"fields": {label: value}, "at"}`: somebody sends the form of a web message."""
        try:
            one = WebMessage.model_validate(reading.parse(await request.body()))
        except ValidationError as exc:
            return _refused(exc)
        return AsciiJSONResponse({"statuses": await self._callbacks.web_message(one)})

    async def clear_faults(self, request: Request) -> Response:
        """Drop the plan; whatever hangs is broken off."""
        self._faults.clear()
        return AsciiJSONResponse({"faults": []})


def _refused(exc: ValidationError) -> Response:
    problems = exc.errors(include_url=False, include_context=False, include_input=False)
    return AsciiJSONResponse({"error": problems}, HTTPStatus.BAD_REQUEST)
