"""What happens to orders: when it happened, with which items, and as how many effects."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from shopbridge.commands import CloseCheckout, Identity, KnowVisitor, kind
from shopbridge.errors import InvalidPayload
from tests.unit.translate.given import STORE, activity, payload, translated

LINE = payload("orders/create")["line_items"][0]
KNOWN = "KnowVisitor"


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2026-11-03T09:12:30-05:00", datetime(2026, 11, 3, 14, 12, 30, tzinfo=UTC)),
        ("2026-11-03T20:31:07+05:30", datetime(2026, 11, 3, 15, 1, 7, tzinfo=UTC)),
        ("2026-11-03T14:12:30.123456Z", datetime(2026, 11, 3, 14, 12, 30, 123456, tzinfo=UTC)),
    ],
)
def test_a_purchase_happened_when_the_order_was_made(written: str, at: datetime) -> None:
    """The time is the order's, in whatever zone the store writes it."""
    purchase = activity("orders/create", payload("orders/create", created_at=written))

    assert purchase.occurred_at == at


def test_times_in_parameters_are_utc() -> None:
    """A store in India cancels in the evening; Netcore reads the afternoon in UTC."""
    order = payload("orders/cancelled", cancelled_at="2026-11-03T22:15:00+05:30")

    assert activity("orders/cancelled", order).params["cancelled_at"] == "2026-11-03T16:45:00Z"


def test_a_cancelled_order_lists_what_had_been_ordered() -> None:
    """Cancelling leaves no current pieces; the activity lists those that were cancelled."""
    params = activity("orders/cancelled", payload("orders/cancelled")).params

    assert [(item["name"], item["prqt"]) for item in params["items"]] == [
        ("Aviator sunglasses", 2),
        ("Lens Protection Plan (2 Year)", 1),
    ]


def test_an_update_lists_what_is_left() -> None:
    """Lines removed since are left out; of a line refunded in part, what is left counts."""
    lines = [LINE | {"current_quantity": 0}, LINE | {"quantity": 5, "current_quantity": 3}]

    params = activity("orders/updated", payload("orders/updated", line_items=lines)).params

    assert [item["prqt"] for item in params["items"]] == [3]
    assert (params["itemcount"], params["current_total_price"]) == (3, "105.98")


def test_the_same_state_has_the_same_version() -> None:
    """Delivered again, in another time zone's spelling, an update is the same effect."""
    order = payload("orders/updated", updated_at="2026-11-03T21:40:02Z")

    again = activity("orders/updated", order)

    assert again.version == activity("orders/updated", payload("orders/updated")).version


@pytest.mark.parametrize(
    "change", [{"updated_at": "2026-11-03T16:40:03-05:00"}, {"financial_status": "refunded"}]
)
def test_another_state_has_another_version(change: dict[str, Any]) -> None:
    """A later time or a different parameter makes it a different effect."""
    before = activity("orders/updated", payload("orders/updated"))

    after = activity("orders/updated", payload("orders/updated", **change))

    assert after.version != before.version


@pytest.mark.parametrize("topic", ["orders/create", "orders/cancelled", "orders/fulfilled"])
def test_what_happens_once_has_no_version(topic: str) -> None:
    """Purchase, cancellation and fulfilment are told once per order."""
    assert activity(topic, payload(topic)).version == ""


def test_a_part_shipped_is_the_same_update_under_both_topics() -> None:
    """Shopify sends two topics for one body; they are one effect, sent once."""
    order = payload("orders/partially_fulfilled")

    assert translated("orders/partially_fulfilled", order) == translated("orders/updated", order)


def test_an_order_is_fulfilled_with_its_last_shipment() -> None:
    """Of several shipments the latest counts; naive times are UTC."""
    shipments = [{"created_at": "2026-11-05T08:30:00"}, {"created_at": "2026-11-05T09:00:00+02:00"}]

    fulfilled = activity("orders/fulfilled", payload("orders/fulfilled", fulfillments=shipments))

    assert fulfilled.occurred_at == datetime(2026, 11, 5, 8, 30, tzinfo=UTC)


def test_an_order_fulfilled_without_shipment_has_the_time_of_its_update() -> None:
    """Marked as fulfilled by hand, an order may list no shipment."""
    fulfilled = activity("orders/fulfilled", payload("orders/fulfilled", fulfillments=[]))

    assert fulfilled.occurred_at == datetime(2026, 11, 5, 13, 30, 2, tzinfo=UTC)


def test_an_edit_is_an_update_whose_buyer_is_looked_up() -> None:
    """An edit's body names only its order; two edits of one order are two effects."""
    body = payload("orders/edited")
    other = {"order_edit": body["order_edit"] | {"id": 78912328793123784}}

    first, second = activity("orders/edited", body), activity("orders/edited", other)

    assert first.identity == Identity(order_id="820982911946154508")
    assert first.version != second.version


def test_an_older_edit_has_the_time_it_was_begun() -> None:
    """Before 2024-10 an edit has no `committed_at`; an empty list of changes has no key."""
    edit = {"id": 1, "order_id": 2, "created_at": "2026-11-03T15:00:00Z"}

    edited = activity("orders/edited", {"order_edit": edit})

    assert edited.occurred_at == datetime(2026, 11, 3, 15, tzinfo=UTC)
    assert edited.params == {
        "orderid": "2",
        "change": "edited",
        "edit_id": "1",
        "store": "vapid-store",
    }


@pytest.mark.parametrize("time", ["2026-11-03T23:59:60Z", "2026-11-03", "", 1793700000])
def test_a_time_that_no_clock_shows_is_refused(time: object) -> None:
    """Leap seconds, dates alone and plain numbers park the delivery."""
    with pytest.raises(InvalidPayload, match="updated_at"):
        translated("orders/updated", payload("orders/updated", updated_at=time))


def test_a_missing_time_is_left_to_the_trigger() -> None:
    """Without `updated_at` the activity is dated by its shell; the parameters tell it apart."""
    updated = activity("orders/updated", payload("orders/updated", updated_at=None))

    assert updated.occurred_at is None
    assert updated.version == "#8caa1dd437b4"


def test_an_order_closes_whatever_it_can_be_told_by() -> None:
    """Its checkout, its cart and its buyer, as of the moment it was placed."""
    body = payload("orders/create", checkout_token="c-1", cart_token="k-1")

    close = translated("orders/create", body)[-1]

    assert close == CloseCheckout(
        token="c-1",
        cart_token="k-1",
        buyer=activity("orders/create", body).identity,
        at=activity("orders/create", body).occurred_at,
    )


def test_a_sale_at_the_till_to_nobody_closes_nothing() -> None:
    """There is no checkout, no cart and no buyer."""
    body = payload(
        "orders/create", **dict.fromkeys(("customer", "email", "contact_email", "phone"))
    )

    commands = translated("orders/create", body | {"checkout_token": None, "cart_token": None})

    assert [kind(command) for command in commands] == ["RecordActivity"]


def test_an_order_says_whose_visit_it_was_where_the_store_waits_for_that() -> None:
    """By its tokens; not without them, not without a buyer, not where nothing is collected."""
    tokens = {"checkout_token": "token-1", "cart_token": "cart-1"}
    nobody = {"customer": None, "email": None, "contact_email": None, "phone": None}
    bodies = {
        "named": payload("orders/create", **tokens),
        "at a till": payload("orders/create", checkout_token=None, cart_token=None),
        "nobody": payload("orders/create", **tokens, **nobody),
    }
    waits = msgspec.structs.replace(STORE, tracks=True)

    told = {
        name: [each for each in translated("orders/create", body, waits) if kind(each) == KNOWN]
        for name, body in bodies.items()
    }

    buyer = translated("orders/create", bodies["named"])[0].identity  # type: ignore[union-attr]  # an activity
    assert told == {
        "named": [KnowVisitor(buyer, "token-1", "cart-1")],
        "at a till": [],
        "nobody": [],
    }
    assert KNOWN not in map(kind, translated("orders/create", bodies["named"]))
