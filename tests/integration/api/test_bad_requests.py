"""What the API refuses: every row of the list, with nothing saved and nothing given away."""

import json
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any

import pytest

from shopbridge.entry.api.cursors import Cursors
from tests.integration.account import NOW, STORE, Account
from tests.integration.api.calling import NOW_S, OLD_SECRET, SECRET, Gateway, Said, claims, token

FILE = Path(__file__).parents[2] / "fixtures/bad_requests.json"
ROWS = {row["id"]: row for row in json.loads(FILE.read_text())["rows"]}
SHAPE = {"field", "message", "code", "also"}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_row(api: Gateway, account: Account, row: dict[str, Any]) -> None:
    """The expected status; a refusal has one shape, and the store stays as it was."""
    account.repository("other.myshopify.com").install(NOW)

    if "before" in row:
        send(api, {"request": row["before"]})

    said = send(api, row)

    assert said.status == row["expected"], said.text
    stored = account.repository(STORE).get()
    assert stored
    assert stored.version == 1
    if said.status >= 400:
        assert said.json.keys() == SHAPE
        assert not any(value in said.text for value in quoted(row)), said.text


def send(api: Gateway, row: dict[str, Any]) -> Said:
    """Send the request of a row."""
    request = row["request"]
    bearer = written(row["token"]) if row.get("token") else None
    headers = dict(request.get("headers", {}))
    if "token" in row and row["token"] is None:
        headers["Authorization"] = ""
    if "operators" in request:
        sent = {"Authorization": f"Bearer {token(claims())}"}
        path = f"/ops/v1/stores/{request['operators']}{request['path']}"
        return api.deliver(request["method"], path, sent, "", None)
    query = dict(request.get("query", {}))
    if "cursor" in row:
        query["cursor"] = cursor(row["cursor"])
    return api(
        request["method"],
        request["path"],
        request.get("body"),
        query=query,
        bearer=bearer,
        headers=headers,
        raw=raw(request),
    )


def written(how: dict[str, Any]) -> str:
    """Write a session token with what is wrong about it."""
    if "text" in how:
        return str(how["text"])
    told = claims(**how.get("claims", {}), **at(how.get("from_now", {})))
    algorithm = how.get("algorithm", "HS256")
    secret = {"old": OLD_SECRET}.get(how.get("secret", ""), how.get("secret", SECRET))
    made = token(told, "" if algorithm == "none" else secret, algorithm)
    if "header" in how:
        _, _, rest = made.partition(".")
        header = urlsafe_b64encode(json.dumps({"typ": "JWT", **how["header"]}).encode())
        return f"{header.decode().rstrip('=')}.{rest}"
    return made


def at(from_now: dict[str, int]) -> dict[str, Any]:
    """Turn seconds from now into times."""
    return {name: NOW_S + seconds for name, seconds in from_now.items()}


def raw(request: dict[str, Any]) -> str | None:
    """Write a body that JSON cannot hold, or that is too large to be written down."""
    if "nested" in request:
        levels = int(request["nested"])
        return '{"netcore": ' * levels + "1" + "}" * levels
    if "padded" in request:
        return json.dumps({"country": "DE"}).ljust(int(request["padded"]))
    given: str | None = request.get("raw")
    return given


def cursor(how: dict[str, Any]) -> str:
    """Sign a cursor for another list, or change one."""
    good = Cursors(how["store"], lambda: [SECRET]).write(how["list"], {"below": "5"})
    return f"{good[:-1]}{'0' if good[-1] != '0' else '1'}" if how.get("changed") else good


def quoted(row: dict[str, Any]) -> list[str]:
    """Return texts of the request that no answer may repeat."""
    return [value for value in _texts(row["request"].get("body", {})) if len(value) > 4]


def _texts(told: Any) -> list[str]:
    if isinstance(told, dict):
        return [text for value in told.values() for text in _texts(value)]
    if isinstance(told, list):
        return [text for value in told for text in _texts(value)]
    return [told] if isinstance(told, str) else []
