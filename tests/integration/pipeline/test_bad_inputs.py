"""Every row of bad input against the real functions."""

import json
from typing import Any

import msgspec
import pytest

from shopbridge import message
from tests import bad_inputs
from tests.bad_inputs import Row
from tests.integration.pipeline.system import SECRET, System


def applicable(kind: str) -> list[Any]:
    """List the rows that a function can be shown."""
    return [pytest.param(row, id=row.id) for row in bad_inputs.rows(kind) if not row.elsewhere]


@pytest.mark.parametrize("row", applicable("W"))
def test_bad_request_ends_as_the_catalogue_says(row: Row, system: System) -> None:
    """A request answers its row's status, and its ledger row and activity end so."""
    expected = row.expected
    event_id = f"e-{row.id}"
    request = bad_inputs.request(row, shop=system.name, secret=SECRET, event_id=event_id)

    answer = system.function()(bad_inputs.lambda_event(request), None)

    assert answer is not None
    assert answer["statusCode"] == expected.status
    assert "cnry" not in answer["body"]
    delivery = delivery_row(system, request.headers)
    assert delivery.get("state", "") == expected.outcome
    assert str(delivery.get("reason", "")).startswith(expected.reason)
    if expected.outcome == "parked":
        kept = system.cloud.kept(delivery["kept"])[delivery["kept"]].decode()
        assert message.read(kept).body == request.body
    if expected.worker:
        assert delivered(system, delivery) == expected.worker
        assert_activity(system, expected.activity)


def delivery_row(system: System, headers: dict[str, str]) -> dict[str, Any]:
    """Return the ledger's row of the delivery with these headers, empty where there is none."""
    plain = {name.lower().removeprefix("x-"): value for name, value in headers.items()}
    store = plain.get("shopify-shop-domain", "")
    event = plain.get("shopify-event-id") or plain.get("shopify-webhook-id", "")
    if len(store) + len(event) > 1000:
        return {}
    found = system.cloud.table("ledger").query(
        KeyConditionExpression="delivery = :d",
        ExpressionAttributeValues={":d": f"{store}#{event}"},
    )["Items"]
    return next((dict(item) for item in found if "state" in item), {})


def delivered(system: System, delivery: dict[str, Any]) -> str:
    """Let the worker work; return how the activity of `delivery` ended."""
    system.pull()
    system.lane.settle(system.worker())
    command = {"delivery": delivery["delivery"], "row": f"{delivery['row']}#0"}
    row = system.cloud.table("ledger").get_item(Key=command)["Item"]
    return str(row["outcome"])


def assert_activity(system: System, parameters: Any) -> None:
    """Netcore's newest activity has these parameters."""
    for path, value in parameters.items():
        found: Any = system.activities()[-1]["activity_params"]
        for step in path.split("."):
            found = found[int(step) if step.isdecimal() else step]
        assert found == value


@pytest.mark.parametrize("row", applicable("E"))
def test_bad_event_is_parked(row: Row, system: System, capsys: pytest.CaptureFixture[str]) -> None:
    """An event that names no delivery is kept whole and listed, once however often it comes."""
    event = {"version": "0", "id": row.id, "detail-type": "shopifyWebhook", "source": "x"}
    if row.given["detail"] is not None:
        event["detail"] = row.given["detail"]

    system.function()(event, None)
    system.function()(event, None)

    (delivery,) = system.cloud.table("ledger").query(
        KeyConditionExpression="delivery = :d",
        ExpressionAttributeValues={":d": f"unknown#{row.id}"},
    )["Items"]
    assert (delivery["state"], delivery["reason"]) == ("parked", row.expected.reason)
    assert (delivery["store"], delivery["topic"]) == ("unknown", "orders/create")
    assert delivery["arrivals"] == 2
    kept = str(delivery["kept"])
    body = message.read(system.cloud.kept(kept)[kept].decode()).body
    assert json.loads(body) == event


@pytest.mark.parametrize("row", applicable("Q"))
def test_bad_message_harms_no_other(row: Row, system: System) -> None:
    """A message that is not ours goes to the dead letters; its batch-mates are delivered."""
    good = bad_inputs.Row("good", "", {}, row.expected)
    request = bad_inputs.request(good, shop=system.name, secret=SECRET, event_id="e-good")
    system.function()(bad_inputs.lambda_event(request), None)
    (text,) = system.cloud.take("activities", system.name)
    system.lane.put([bad_text(row, text), text])

    system.lane.settle(system.worker())

    is_dead = row.expected.worker == "dead"
    assert len(system.lane.dead) == (1 if is_dead else 0)
    assert system.outcomes("e-bad") == ([] if is_dead else [row.expected.worker])
    assert system.outcomes("e-good") == ["delivered"]
    assert len(system.activities()) == 1


def bad_text(row: Row, good: str) -> str:
    """Write the row's message from a good one."""
    if "text" in row.given:
        return str(row.given["text"])
    head = msgspec.json.decode(message._from_text(good.partition(".")[0]))
    head["commands"][0] |= row.given.get("command", {})
    changed = msgspec.json.encode({**head, **row.given.get("head", {}), "event_id": "e-bad"})
    return f"{message._to_text(changed)}.{good.partition('.')[2]}"


def test_every_row_is_here() -> None:
    """The catalogue's rows are all in the data, and what no function can be shown says why."""
    numbers = {row.id.rstrip("abcdefghi") for kind in "WEQ" for row in bad_inputs.rows(kind)}

    assert numbers == {f"W{n}" for n in range(1, 75)} | {"E75", "E76", "E77", "Q129"}
