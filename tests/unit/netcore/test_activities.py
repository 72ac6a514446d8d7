"""Activities in Netcore's form."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from shopbridge.commands import Identity, RecordActivity
from shopbridge.netcore.activities import wire
from shopbridge.netcore.identity import on_the_wire
from shopbridge.stores.profile import Profile
from shopbridge.stores.settings import Netcore, Settings, Spellings
from shopbridge.stores.store import Store

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def store(**settings: Any) -> Store:
    """Return a store with these settings."""
    netcore = {"website_id": "site-1", **settings.pop("netcore", {})}
    return Store(
        name="a.myshopify.com",
        version=1,
        epoch=1,
        installed_at=NOON,
        status="enabled",
        settings=Settings(netcore=Netcore(**netcore), **settings),
        profile=Profile(store="a.myshopify.com", epoch=1, installed_at=NOON),
    )


def activity(at: datetime = NOON, **params: Any) -> RecordActivity:
    """Return an activity with these parameters."""
    return RecordActivity("Product Purchase", "order#1", Identity("7001"), params, at)


def params_of(written: RecordActivity, **spellings: Any) -> dict[str, Any]:
    """Write an activity and return its parameters as JSON has them."""
    netcore = {"spellings": Spellings(**spellings)}
    sent = wire(written, {"identity": "7001"}, store(netcore=netcore))
    params: dict[str, Any] = json.loads(json.dumps(sent))["activity_params"]
    return params


def test_whole_form() -> None:
    """Every field that Netcore documents, and no other."""
    sent = wire(activity(orderid="1"), {"identity": "7001"}, store())

    assert sent == {
        "asset_id": "site-1",
        "activity_name": "Product Purchase",
        "timestamp": "2026-11-23T12:00:00Z",
        "identity": "7001",
        "activity_source": "web",
        "activity_params": {"orderid": "1", "activitydate": 1795435200},
    }


def test_money_is_float_only_where_documented() -> None:
    """Price and totals are; a number in any other field stays text."""
    params = params_of(
        activity(
            total_price="120.50",
            orderid="120.50",
            itemcount=3,
            items=[{"price": "0.10", "sku": "0.10", "prqt": 2}],
        )
    )

    assert params["total_price"] == 120.5
    assert params["orderid"] == "120.50"
    assert params["itemcount"] == 3
    assert params["items"] == [{"price": 0.1, "sku": "0.10", "prqt": 2}]


@pytest.mark.parametrize(
    ("given", "as_text", "sent"),
    [
        ("632910392", False, 632910392),
        ("9007199254740993", False, 9007199254740993),
        ("9007199254740993", True, "9007199254740993"),
        ("not-a-number", False, "not-a-number"),
    ],
)
def test_product_ids_are_exact(given: str, as_text: bool, sent: object) -> None:
    """Whole numbers beyond 2^53 keep every digit; a panel may want text."""
    params = params_of(activity(items=[{"prid": given, "variantid": given}]), ids_as_text=as_text)

    assert params["items"] == [{"prid": sent, "variantid": sent}]
    assert type(params["items"][0]["prid"]) is type(sent)


def test_other_ids_stay_text() -> None:
    """Order ids are documented as text."""
    assert params_of(activity(orderid="9007199254740993"))["orderid"] == "9007199254740993"


@pytest.mark.parametrize(
    ("at", "timestamp", "seconds"),
    [
        (datetime(2026, 11, 23, 17, 30, tzinfo=timezone(timedelta(hours=5, minutes=30))),) * 1
        + ("2026-11-23T12:00:00Z", 1795435200),
        (datetime(2026, 11, 23, 12, 0, 0, 999999, tzinfo=UTC), "2026-11-23T12:00:00Z", 1795435200),
    ],
)
def test_time_is_utc_with_its_zone(at: datetime, timestamp: str, seconds: int) -> None:
    """Without a zone Netcore would take its panel's."""
    sent = wire(activity(at), {"identity": "7001"}, store())

    assert sent["timestamp"] == timestamp
    assert sent["activity_params"]["activitydate"] == seconds


def test_spellings_of_a_panel() -> None:
    """Event names and keys may be spelt otherwise, at any depth; dates in milliseconds."""
    written = wire(
        activity(orderid="1", items=[{"prid": "2"}]),
        {"identity": "7001"},
        store(
            netcore={
                "spellings": Spellings(
                    events={"Product Purchase": "product_purchase"},
                    keys={"orderid": "order_id", "prid": "product_id", "activitydate": "date"},
                    activity_date_in_milliseconds=True,
                )
            }
        ),
    )

    assert written["activity_name"] == "product_purchase"
    assert written["activity_params"] == {
        "order_id": "1",
        "items": [{"product_id": 2}],
        "date": 1795435200000,
    }


def test_undated_activity_is_a_mistake_of_ours() -> None:
    """Ingest dates every activity before it is queued."""
    undated = RecordActivity("Product Purchase", "order#1", Identity("7001"), {})

    with pytest.raises(ValueError, match="dated"):
        wire(undated, {"identity": "7001"}, store())


FULL = Identity("7001", "ada@example.com", "+44 7700 900123")


@pytest.mark.parametrize(
    ("settings", "identity", "sent"),
    [
        ({"primary_key": "CUSTID"}, FULL, {"identity": "7001"}),
        ({"primary_key": "EMAIL"}, FULL, {"identity": "ada@example.com"}),
        ({"primary_key": "MOBILE"}, FULL, {"identity": "447700900123"}),
        ({"primary_key": "MOBILE"}, Identity("7001", phone="call me"), None),
        ({"primary_key": "EMAIL"}, Identity("7001"), None),
        ({}, Identity(email="ada@example.com"), None),
        (
            {"netcore": {"guests_by_address": True}},
            Identity(email="ada@example.com", phone="+44 7700 900123"),
            {"email": "ada@example.com", "mobile": "447700900123"},
        ),
        ({"netcore": {"guests_by_address": True}}, Identity(order_id="1"), None),
    ],
)
def test_belongs_to_whom_the_primary_key_says(
    settings: dict[str, Any], identity: Identity, sent: dict[str, str] | None
) -> None:
    """The store's key; guests by their addresses only where the panel takes those."""
    assert on_the_wire(identity, store(**settings)) == sent
