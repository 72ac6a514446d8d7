"""Netcore's secret as the page makes it: told once, two valid while one is replaced."""

from shopbridge.to_shopify.secrets import shown
from tests.integration.account import STORE
from tests.integration.api.calling import Gateway

URL = f"https://api.example/netcore/{STORE}/events"


def test_without_a_secret_there_is_an_address(api: Gateway) -> None:
    """Where Netcore posts to is known before it may."""
    said = api("GET", "/to-shopify")

    assert said.json == {"url": URL, "secrets": []}


def test_a_secret_is_told_once(api: Gateway) -> None:
    """With addresses to paste; afterwards only when it was made."""
    made = api("POST", "/to-shopify/secret", {})

    secret = made.json["secret"]
    assert made.json["unsubscribes_url"] == f"{URL}/{secret}?as=unsubscribes"
    assert made.json["profiles_url"] == f"{URL}/{secret}?as=profiles"
    assert made.json["older_until"] is None
    later = api("GET", "/to-shopify")
    assert later.json["secrets"] == [{"made_at": "2026-11-23T08:00:00Z", "until": None}]
    assert secret not in later.text


def test_the_one_before_stays_for_seven_days(api: Gateway) -> None:
    """So that Netcore can be changed meanwhile; both open."""
    first = api("POST", "/to-shopify/secret", {}).json["secret"]

    second = api("POST", "/to-shopify/secret", {}).json

    valid = api.inbound.valid()
    assert second["older_until"] == "2026-11-30T08:00:00Z"
    assert [shown(one, valid) for one in (first, second["secret"])] == [True, True]


def test_a_leaked_secret_ends_at_once(api: Gateway) -> None:
    """`forget_older` where it got into wrong hands."""
    first = api("POST", "/to-shopify/secret", {}).json["secret"]

    api("POST", "/to-shopify/secret", {"forget_older": True})

    assert not shown(first, api.inbound.valid())


def test_a_repeated_request_does_not_keep_the_secret(api: Gateway) -> None:
    """Under an `Idempotency-Key` each call makes one: the answer itself opens something."""
    headers = {"Idempotency-Key": "5f6f7c1e-8a52-4c62-9d6a-3f0b8c0f1a11"}

    made = [api("POST", "/to-shopify/secret", {}, headers=headers).json for _ in range(2)]

    assert made[0]["secret"] != made[1]["secret"]


def test_what_is_kept_opens_nothing(api: Gateway) -> None:
    """The row has a digest and what KMS sealed."""
    secret = api("POST", "/to-shopify/secret", {}).json["secret"]

    row = api.account.stores.get_item(Key={"store": f"{STORE}#netcore"})["Item"]

    assert secret.encode() not in repr(row).encode()
    assert api.inbound.open(api.inbound.valid()[0]) == secret
