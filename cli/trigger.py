"""`shopbridge trigger`: signed deliveries to the running local system."""

import json
import secrets
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import httpx
import typer

from cli.answer import AsJson, Ending, ended, show
from cli.topics import webhook_of
from local import run
from local.aws import LOCAL_BUS, LOCAL_SOURCE, Aws
from local.places import ROOT
from local.run import Run
from local.store.webhooks import Webhook, build, bus_entry

Via = Literal["http", "eventbridge"]
TIMEOUT_SECONDS = 30


def trigger(
    topic: Annotated[str, typer.Argument(help="For example orders/create.")],
    file: Annotated[
        Path | None, typer.Option(help="The body; the topic's own sample where none is given.")
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="path=value, for example customer.id=7001.")
    ] = None,
    count: Annotated[int, typer.Option(min=1, max=1000, help="How many events.")] = 1,
    via: Annotated[Via, typer.Option(help="The way they go.")] = "http",
    bad_hmac: Annotated[bool, typer.Option("--bad-hmac", help="Sign with a wrong secret.")] = False,
    as_json: AsJson = False,
) -> None:
    """Send deliveries signed for the local store, and say how to trace them."""
    running = run.status()
    if running is None:
        raise ended(Ending.OTHER_SIDE_FAILED, "not running: `shopbridge local up` starts it")
    webhook_of(topic)
    raw = _body(topic, file)
    secret = "not-the-secret" if bad_hmac else running.shopify_client_secret
    sent = []
    for _ in range(count):
        event_id = str(uuid.uuid4())
        delivery = build(
            topic,
            _changed(raw, set_ or [], fresh=file is None),
            webhook_id=str(uuid.uuid4()),
            event_id=event_id,
            triggered_at=datetime.now(UTC).isoformat(),
            shop=running.shop,
            secret=secret,
        )
        send = _over_http if via == "http" else _over_eventbridge
        answer = send(running, topic, delivery)
        sent.append({"event": event_id, "answer": answer, "trace": f"shopbridge trace {event_id}"})
    if as_json:
        show({"topic": topic, "via": via, "sent": sent}, as_json=True)
        return
    for one in sent:
        typer.echo(f"{topic} over {via}: {one['answer']}   {one['trace']}")


def _over_http(running: Run, topic: str, delivery: Webhook) -> str:
    url = f"{running.api_url}/webhooks/{topic}"
    response = httpx.post(
        url, content=delivery.body, headers=dict(delivery.headers), timeout=TIMEOUT_SECONDS
    )
    return str(response.status_code)


def _over_eventbridge(running: Run, _topic: str, delivery: Webhook) -> str:
    entry = bus_entry(delivery, LOCAL_BUS, source=LOCAL_SOURCE)
    answer = Aws(running.aws_endpoint_url).client("events").put_events(Entries=[entry])
    return "accepted" if not answer["FailedEntryCount"] else "refused"


def _body(topic: str, file: Path | None) -> bytes:
    sample = ROOT / f"tests/fixtures/webhooks/{topic.replace('.', '/')}.json"
    try:
        return file.read_bytes() if file else json.dumps(_payload(sample)).encode()
    except OSError as exc:
        raise ended(Ending.USAGE, f"{exc.filename}: {exc.strerror}") from exc


def _changed(raw: bytes, changes: list[str], *, fresh: bool) -> bytes:
    """Write `changes` into a body; a `fresh` sample is about another thing each time."""
    if not (changes or fresh):
        return raw
    body = json.loads(raw)
    if fresh and isinstance(body.get("id"), int):
        body["id"] = secrets.randbelow(9 * 10**12) + 10**12
    if fresh and "abandoned_checkout_url" in body:  # a checkout, changed just now
        body |= {"token": secrets.token_hex(16), "updated_at": datetime.now(UTC).isoformat()}
    for change in changes:
        path, equals, value = change.partition("=")
        if not equals:
            raise ended(Ending.USAGE, f"--set takes path=value, not {change!r}")
        _put(body, path.split("."), _value(value))
    return json.dumps(body).encode()


def _payload(sample: Path) -> Any:
    return json.loads(sample.read_text())["payload"]


def _put(body: Any, path: list[str], value: Any) -> None:
    """Set what `path` names; a number in it is a place in a list."""
    for step in path[:-1]:
        body = body[int(step)] if isinstance(body, list) else body.setdefault(step, {})
    body[int(path[-1]) if isinstance(body, list) else path[-1]] = value


def _value(text: str) -> Any:
    """Read `text` as JSON where it is, else take it as it stands."""
    try:
        return json.loads(text)
    except ValueError:
        return text
