"""What Netcore's bodies, and our own, say: commands, whatever their shape."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbridge.commands import Channel, FillCustomer, Identity, Unsubscribe
from shopbridge.errors import InvalidPayload
from shopbridge.to_shopify.reading import InvalidEvent, Meaning, Reading, read

AT = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
FORM: dict[str, Any] = {
    "webhook_id": "117",
    "msg_id": "8",
    "bc": "1",
    "clientid": "4612",
    "userid": "998877",
    "channel": "2",
    "custom_params": {
        "Email": "ada@example.com",
        "Firstname": "Ada",
        "Lastname": "Okafor",
        "Date": "23-11-2026",
        "Submitted by": "ada@example.com",
        "Time (IST)": "12:00:00",
    },
    "autoid": "j-1",
}
"""As Netcore documents the webhook of a form; journeys add `attr_data`."""


def reading(body: object, meaning: Meaning = "events") -> Reading:
    """Read a body as it would be posted."""
    return read(json.dumps(body).encode(), meaning)


def email(event: str, **changes: object) -> dict[str, object]:
    """Write an event of the Email API."""
    return {
        "TRANSID": 123,
        "EMAIL": "ada@example.com",
        "EVENT": event,
        "RESPONSE": "",
        "X-APIHEADER": "h",
        "TIMESTAMP": 1795415400,
        "FROMADDRESS": "shop@example.com",
        "TAGS": "t",
        "USERAGENT": "m",
        "IPADDRESS": "192.0.2.1",
        **changes,
    }


def test_a_form_is_a_profile_at_its_own_time() -> None:
    """Date and time of day are India's, as Netcore labels them."""
    found = reading(FORM)

    filled = FillCustomer(Identity(email="ada@example.com"), "Ada", "Okafor", at=AT, source="form")
    assert found == Reading((filled,), is_dated=True)


@pytest.mark.parametrize(
    ("meaning", "channel"), [("unsubscribes", "email"), ("sms-unsubscribes", "sms")]
)
def test_the_address_says_that_a_form_unsubscribes(meaning: Meaning, channel: Channel) -> None:
    """The same body, posted where only unsubscribes come in."""
    found = reading(FORM, meaning)

    who = Identity(email="ada@example.com")
    assert found.commands == (Unsubscribe(who, channel, AT, "form"),)


def test_a_journeys_attributes_say_who_it_is() -> None:
    """Attributes as contacts have them; Netcore's own number of the user is no primary key."""
    known = {"CUSTID": "7001", "EMAIL": "ada@example.com", "MOBILE": "447700900123"}
    ours = {"SH_EMAIL_SUBSCRIPTION_VAPID_STORE": "Subscribed"}

    found = reading({"userid": "998877", "attr_data": known | ours}, "unsubscribes")

    who = Identity("7001", "ada@example.com", "447700900123")
    assert found == Reading((Unsubscribe(who, "email", None, "form"),))


@pytest.mark.parametrize("label", ["Email Consent", "email_consent", "Newsletter"])
@pytest.mark.parametrize(("value", "granted"), [("Yes", ("email",)), ("no", ()), ("", ())])
def test_only_a_consent_field_grants(label: str, value: str, granted: tuple[Channel, ...]) -> None:
    """Whatever the label's spelling; and only where its value is a yes."""
    (command,) = reading({"custom_params": {"Email": "a@example.com", label: value}}).commands

    assert isinstance(command, FillCustomer)
    assert command.subscribes == granted


def test_of_the_email_apis_events_unsubscribes_count() -> None:
    """Opens and bounces are nothing to Shopify; the time is seconds since 1970."""
    found = reading([email("opened"), email("unsubscribed"), email("bounced")])

    who = Identity(email="ada@example.com")
    assert found == Reading((Unsubscribe(who, "email", AT, "email_api"),), is_dated=True)


@pytest.mark.parametrize(
    ("stamp", "at"),
    [
        (1795415400, AT),
        ("1795415400", AT),
        (1795415400000, AT),
        (0, None),
        ("soon", None),
        (None, None),
        (10**30, None),
        (12345, None),
    ],
)
def test_a_time_stamp_that_cannot_be_is_none(stamp: object, at: datetime | None) -> None:
    """Milliseconds are understood; what lies before Shopify would be undone by any yes."""
    found = reading([email("unsubscribed", TIMESTAMP=stamp)])

    assert [command.at for command in found.commands] == [at]


def test_our_own_shape_says_all_of_it() -> None:
    """One event, or several below `events`."""
    one = {"type": "unsubscribe", "customer_id": "7001", "channel": "sms", "at": AT.isoformat()}
    other = {"type": "profile", "email": "a@example.com", "tags": ["web"], "sms_consent": True}

    found = reading({"events": [one, other]})

    filled = FillCustomer(
        Identity(email="a@example.com"), tags=("web",), subscribes=("sms",), source="event"
    )
    assert found.commands == (Unsubscribe(Identity("7001"), "sms", AT, "event"), filled)
    assert found.is_dated is False


def test_nobody_is_named_by_nonsense() -> None:
    """Something that can be no address, number or id is left out."""
    params = {"Email": "no address", "Mobile": "12", "Customer ID": "A-7"}

    (command,) = reading({"custom_params": params}).commands

    assert command.person == Identity()


@pytest.mark.parametrize(
    "body",
    [{}, [], None, 5, "text", [{}], [1], {"custom_params": {}}, {"custom_params": 5}, {"a": 1}],
)
def test_other_shapes_are_not_known(body: object) -> None:
    """They are parked by whoever takes them in; an empty list is a list of no events."""
    if body == []:
        assert reading(body) == Reading((), is_dated=True)
        return

    with pytest.raises(InvalidPayload, match="shape"):
        reading(body)


KEYS = ("type", "events", "custom_params", "attr_data", "EVENT", "EMAIL", "email", "at", "x")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(JSON, st.sampled_from(["events", "unsubscribes", "sms-unsubscribes", "profiles"]))
def test_any_json_is_read_or_refused(body: object, meaning: Meaning) -> None:
    """Nothing that is posted raises anything else, and no unsubscribes' address subscribes."""
    try:
        found = reading(body, meaning)
    except InvalidPayload:
        return

    if meaning.endswith("unsubscribes"):
        assert all(isinstance(command, Unsubscribe) for command in found.commands)


def test_a_mistake_never_quotes_a_value() -> None:
    """Errors say where, and what kind of mistake."""
    with pytest.raises(InvalidEvent) as raised:
        reading({"type": "profile", "email": "ada@example.com", "first_name": 5, "at": "secret"})

    assert str(raised.value) == (
        "profile.at: datetime_from_date_parsing; profile.first_name: string_type"
    )
