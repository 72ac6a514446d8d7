"""What checkouts mean: held until somebody is there, told once, in the buyer's currency."""

from datetime import UTC, datetime

from msgspec.structs import replace

from shopbridge.commands import (
    CloseCheckout,
    Identity,
    RecordActivity,
    WatchCheckout,
    kind,
)
from shopbridge.switches import ends_early
from tests.unit.translate.given import STORE, activity, payload, translated

NOW = datetime(2026, 11, 3, 14, 6, tzinfo=UTC)


def test_a_checkout_of_nobody_is_held() -> None:
    """Without contact the activity has no identity, and ingest ends it as unidentified."""
    started = activity("checkouts/create", payload("checkouts/create"))

    assert ends_early(started, NOW, STORE) == "unidentified"


def test_an_update_that_brings_a_contact_sends_it() -> None:
    """The same checkout with an e-mail goes out, at the time the checkout began."""
    held = activity("checkouts/create", payload("checkouts/create"))

    sent = activity("checkouts/update", payload("checkouts/update"))

    assert ends_early(sent, NOW, STORE) is None
    assert (sent.resource, sent.version) == (held.resource, held.version)
    assert sent.occurred_at == datetime(2026, 11, 3, 14, 5, tzinfo=UTC)


def test_a_phone_is_contact_enough() -> None:
    """A buyer who leaves only a number is known by it, written for Netcore in digits."""
    body = payload("checkouts/update", customer=None, email=None, phone="+44 7700 900123")

    started = activity("checkouts/update", body)

    assert started.identity == Identity(phone="+44 7700 900123")
    assert started.params["mobile"] == "447700900123"


def test_a_number_without_its_country_is_not_sent_as_mobile() -> None:
    """The parameter needs the country code; the identity is normalised by the worker."""
    started = activity(
        "checkouts/update", payload("checkouts/update", customer=None, phone="7700900123")
    )

    assert "mobile" not in started.params
    assert started.identity.phone == "7700900123"


def test_every_update_is_the_same_effect() -> None:
    """However the cart changes, Checkout Started has one resource and no version."""
    first = activity("checkouts/update", payload("checkouts/update"))

    later = activity("checkouts/update", payload("checkouts/update", line_items=[]))

    assert (first.resource, first.version) == (later.resource, later.version)
    assert first.version == ""


def test_a_completed_checkout_is_no_longer_waited_for() -> None:
    """Once it is an order, the order speaks for itself; nothing is recorded."""
    body = payload("checkouts/update", completed_at="2026-11-03T09:12:30-05:00")

    assert translated("checkouts/update", body) == [
        CloseCheckout(
            token="68778783ad298f1c80c3bafcddeea02f",
            at=datetime(2026, 11, 3, 14, 12, 30, tzinfo=UTC),
        )
    ]


def test_a_checkout_of_somebody_is_waited_for_from_its_last_change() -> None:
    """What would be told is Checkout Started under another name, without a time yet."""
    started, watch = translated("checkouts/update", payload("checkouts/update"))

    assert isinstance(started, RecordActivity)
    assert isinstance(watch, WatchCheckout)
    assert watch.activity == replace(started, name="Cart Abandonment", occurred_at=None)
    assert watch.cart_token == "eeafa272cebfd4b22385bc4b645e762c"
    assert watch.at == datetime(2026, 11, 3, 14, 6, 40, tzinfo=UTC)


def test_a_checkout_of_nobody_is_not_waited_for() -> None:
    """There would be no contact to tell it of; the update that names one begins the wait."""
    commands = translated("checkouts/create", payload("checkouts/create"))

    assert [kind(command) for command in commands] == ["RecordActivity"]


def test_the_wait_hangs_on_the_switch_of_what_it_would_tell() -> None:
    """While Cart Abandonment is off nothing is watched; orders close all the same."""
    off = replace(STORE, off={"Cart Abandonment": ((datetime(2026, 1, 2, tzinfo=UTC), None),)})
    _, watch = translated("checkouts/update", payload("checkouts/update"))

    assert ends_early(watch, NOW, off) == "disabled"
    assert ends_early(CloseCheckout(token="t"), NOW, off) is None


def test_amounts_are_named_in_the_buyers_currency() -> None:
    """A checkout's amounts are presentment money whatever the store reports."""
    params = activity("checkouts/update", payload("checkouts/update"), STORE).params

    assert (params["total_price"], params["currency"]) == ("401.88", "EUR")
    assert params["items"][0]["currency"] == "EUR"


def test_half_a_link_is_no_link() -> None:
    """A recovery address is passed on whole or not at all."""
    long = "https://vapid-store.example.com/" + "x" * 3000

    params = activity(
        "checkouts/update", payload("checkouts/update", abandoned_checkout_url=long)
    ).params

    assert "abandoned_checkout_url" not in params
