"""What Netcore posts: believed by its secret, answered at once, recorded once, archived."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shopbridge.commands import FillCustomer, Identity, Unsubscribe
from shopbridge.message import write
from shopbridge.stores.settings import ToShopify
from tests.integration.pipeline.cloud import Cloud
from tests.integration.pipeline.system import SETTINGS
from tests.integration.to_shopify.netcore_side import NetcoreSide

UNSUBSCRIBE = {
    "type": "unsubscribe",
    "email": "cnry@example.com",
    "at": "2026-11-23T11:59:58.750Z",
}
SAID = datetime(2026, 11, 23, 11, 59, 58, tzinfo=UTC)
FORM = {"webhook_id": "9", "custom_params": {"Email ID": "cnry@example.com"}}


def test_an_event_is_answered_at_once_and_on_its_way(netcore: NetcoreSide) -> None:
    """202, one command with the time of the word in whole seconds, and the body in the archive."""
    answer = netcore.post(UNSUBSCRIBE)

    (sent,), (archived,) = netcore.published(), netcore.published("archive")
    assert (answer["status"], answer["outcome"], answer["events"]) == (202, "published", 1)
    assert sent.head.commands == (
        Unsubscribe(Identity(email="cnry@example.com"), "email", SAID, "event"),
    )
    assert archived.body == sent.body
    assert b"cnry@example.com" in archived.body


@pytest.mark.parametrize("way", ["header", "bearer", "path"])
def test_the_secret_comes_in_a_header_or_in_the_path(netcore: NetcoreSide, way: str) -> None:
    """Whichever Netcore's form can send."""
    headers = {
        "header": {"x-shopbridge-secret": netcore.secret},
        "bearer": {"Authorization": f"Bearer {netcore.secret}"},
        "path": {},
    }[way]
    where = {"secret": netcore.secret} if way == "path" else {}

    assert netcore.post(UNSUBSCRIBE, headers=headers, **where)["status"] == 202


@pytest.mark.parametrize("secret", ["", "guess", "é" * 300])
def test_a_wrong_secret_and_an_unknown_store_look_alike(netcore: NetcoreSide, secret: str) -> None:
    """Nobody learns from an answer which stores there are."""
    wrong = netcore.post(UNSUBSCRIBE, headers={"x-shopbridge-secret": secret})
    unknown = netcore.post(UNSUBSCRIBE, store="other.myshopify.com")
    nonsense = netcore.post(UNSUBSCRIBE, store="..")

    assert wrong == unknown == nonsense
    assert wrong["status"] == 401
    assert netcore.published() == []


def test_another_stores_secret_opens_nothing(netcore: NetcoreSide, cloud: Cloud) -> None:
    """Each store has its own."""
    other = NetcoreSide(cloud)

    answer = netcore.post(UNSUBSCRIBE, headers={"x-shopbridge-secret": other.secret})

    assert answer["status"] == 401


def test_two_secrets_are_valid_while_one_is_replaced(netcore: NetcoreSide) -> None:
    """For seven days; the third ends the first at once."""
    first, second = netcore.secret, netcore.inbound().rotate()

    assert status(netcore, first) == status(netcore, second) == 202
    netcore.clock.sleep(timedelta(days=7).total_seconds())
    assert (status(netcore, first), status(netcore, second)) == (401, 202)
    third = netcore.inbound().rotate(forget_older=True)
    assert (status(netcore, second), status(netcore, third)) == (401, 202)


def test_a_signed_call_needs_no_secret_on_the_wire(netcore: NetcoreSide) -> None:
    """HMAC over id, time and body, in the headers of Standard Webhooks."""
    assert netcore.post(UNSUBSCRIBE, headers=netcore.signed(UNSUBSCRIBE))["status"] == 202


@pytest.mark.parametrize("seconds", [301, -301], ids=["five minutes old", "five minutes ahead"])
def test_a_signature_is_fresh_or_none(netcore: NetcoreSide, seconds: int) -> None:
    """Nobody plays an old call back."""
    headers = netcore.signed(UNSUBSCRIBE, seconds=seconds)

    assert netcore.post(UNSUBSCRIBE, headers=headers)["status"] == 401


def test_a_changed_body_is_nobodys(netcore: NetcoreSide) -> None:
    """The signature belongs to its bytes, and a right secret beside it does not help."""
    headers = {**netcore.signed(UNSUBSCRIBE), "x-shopbridge-secret": netcore.secret}

    assert netcore.post({**UNSUBSCRIBE, "channel": "sms"}, headers=headers)["status"] == 401


def test_another_tenants_signature_is_refused(netcore: NetcoreSide, cloud: Cloud) -> None:
    """Signed rightly, with the secret of another store."""
    other = NetcoreSide(cloud)
    headers = netcore.signed(UNSUBSCRIBE, secret=other.secret)

    assert netcore.post(UNSUBSCRIBE, headers=headers)["status"] == 401


def test_an_id_belongs_to_one_body(netcore: NetcoreSide) -> None:
    """The same call again is a duplicate; its id with another body is a mistake of the sender."""
    netcore.post(UNSUBSCRIBE, headers=netcore.signed(UNSUBSCRIBE))
    other = {**UNSUBSCRIBE, "channel": "sms"}

    again = netcore.post(UNSUBSCRIBE, headers=netcore.signed(UNSUBSCRIBE))
    reused = netcore.post(other, headers=netcore.signed(other))

    assert (again["status"], again["outcome"]) == (202, "duplicate")
    assert (reused["status"], reused["problem"]) == (
        409,
        "webhook-id: it was used for another body",
    )
    assert len(netcore.published()) == 1


def test_a_dated_body_that_is_repeated_is_one(netcore: NetcoreSide) -> None:
    """Our answer was lost and Netcore tries again: one delivery, whenever it comes."""
    netcore.post(UNSUBSCRIBE)
    netcore.clock.sleep(86_400)

    answer = netcore.post(UNSUBSCRIBE)

    assert (answer["status"], answer["outcome"]) == (202, "duplicate")


def test_an_undated_body_is_a_new_word_each_time(netcore: NetcoreSide) -> None:
    """Nobody can tell a repeat from a second no after a yes: rather said twice than lost."""
    form = {"custom_params": {"Email": "cnry@example.com"}}
    netcore.post(form, query="as=unsubscribes")
    netcore.clock.sleep(1)

    answer = netcore.post(form, query="as=unsubscribes")

    assert answer["outcome"] == "published"
    assert len(netcore.published()) == 2


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("{", "not JSON"),
        ({"type": "unsubscribe"}, "0: one of customer_id, email, phone is needed"),
        ({"type": "subscribe", "email": "cnry@example.com"}, "body: union_tag_invalid"),
        ({**UNSUBSCRIBE, "at": "yesterday"}, "unsubscribe.at: datetime_from_date_parsing"),
        ({**UNSUBSCRIBE, "cnry": 1}, "unsubscribe.cnry: extra_forbidden"),
        ({"events": []}, "events: too_short"),
    ],
)
def test_a_mistake_is_told_where_it_is(netcore: NetcoreSide, body: Any, problem: str) -> None:
    """400 with the place, never the value; nothing is taken in, so the sender still has it."""
    answer = netcore.post(body)

    assert (answer["status"], answer["problem"]) == (400, problem)
    assert netcore.published("archive") == []


@pytest.mark.parametrize("query", ["as=subscribes", "to=x", "as=unsubscribes&b=1"])
def test_an_address_that_says_something_else_is_refused(netcore: NetcoreSide, query: str) -> None:
    """There is no way in that subscribes."""
    assert netcore.post(UNSUBSCRIBE, query=query)["status"] == 400


def test_a_profile_is_refused_where_only_unsubscribes_come_in(netcore: NetcoreSide) -> None:
    """An address for unsubscribes takes nothing that could subscribe somebody."""
    body = {"type": "profile", "email": "cnry@example.com", "email_consent": True}

    assert netcore.post(body, query="as=unsubscribes")["status"] == 400


def test_a_body_that_is_too_large_is_refused(netcore: NetcoreSide) -> None:
    """At most half a megabyte."""
    assert netcore.post(" " * (512 * 1024 + 1))["status"] == 413


@pytest.mark.parametrize("body", [{"cnry": "what is this"}, [1, 2], 5, {"custom_params": []}])
def test_an_unknown_shape_is_parked_whole(netcore: NetcoreSide, body: Any) -> None:
    """It came with the secret, so it is kept for somebody to look at, not dropped."""
    answer = netcore.post(body)

    (kept,) = netcore.cloud.kept(f"parked/{netcore.name}/").values()
    assert (answer["status"], answer["outcome"], answer["events"]) == (202, "parked", 0)
    assert kept


def test_a_parked_body_is_read_again_by_a_replay(netcore: NetcoreSide) -> None:
    """Once a shape is known, what was kept of it goes on under its old name."""
    netcore.post(FORM, query="as=unsubscribes")
    (archived,) = netcore.published("archive")
    netcore.published()

    answer = netcore.replay(write(archived.head, archived.body))

    (sent,) = netcore.published()
    assert answer == {"outcome": "published"}
    assert sent.head.event_id == archived.head.event_id
    assert isinstance(sent.head.commands[0], Unsubscribe)


def test_what_is_switched_off_ends_where_it_comes_in(cloud: Cloud) -> None:
    """`to_shopify.profiles` is off at first: the ledger says so, and no worker hears of it."""
    netcore = NetcoreSide(cloud)

    answer = netcore.post({"custom_params": {"Email": "cnry@example.com", "Firstname": "Cnry"}})

    rows = netcore.rows(answer["id"]).values()
    assert [row["commands"] for row in rows] == [["FillCustomer|profile|disabled"]]
    assert netcore.published() == []


def test_a_profile_of_a_web_message_goes_on(cloud: Cloud) -> None:
    """A form's fields under whatever labels the marketer chose."""
    on = SETTINGS.model_copy(update={"to_shopify": ToShopify(profiles=True)})
    netcore = NetcoreSide(cloud, settings=on)

    netcore.post({"custom_params": {"Email": "cnry@example.com", "First Name": "Cnry"}})

    ((command,),) = [one.head.commands for one in netcore.published()]
    assert isinstance(command, FillCustomer)
    assert (command.person.email, command.first_name) == ("cnry@example.com", "Cnry")


def test_nothing_of_a_body_is_logged(
    netcore: NetcoreSide, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither what is taken in nor what is refused."""
    for body in (UNSUBSCRIBE, {**UNSUBSCRIBE, "cnry": "cnry"}, {"cnry": 1}):
        netcore.post(body)

    written = [repr(vars(one)) for one in caplog.records] + netcore.lines
    assert [line for line in [*written, capsys.readouterr().out] if "cnry" in line] == []


def status(netcore: NetcoreSide, secret: str) -> int:
    """Post with a secret; return the answer's status."""
    answer: int = netcore.post(UNSUBSCRIBE, headers={"x-shopbridge-secret": secret})["status"]
    return answer
