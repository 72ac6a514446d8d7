"""The historic sync by Netcore's bulk upload: one file in place of many calls."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from shopbridge import reasons
from shopbridge.commands import RefreshContact
from shopbridge.stores.settings import Attributes
from tests.integration.historic_sync.conftest import Opened
from tests.integration.historic_sync.history import SETTINGS
from tests.integration.historic_sync.loading import BY_FILE, UPLOAD, Loading
from tests.integration.pipeline.cloud import Cloud

Loads = Callable[..., Loading]


@pytest.fixture
def loading(cloud: Cloud, opened: Opened) -> Loads:
    """Opens stores whose contacts go by file; `opened` refuses logs that quote any content."""
    del opened
    return lambda **how: Loading(cloud, **how)


def test_a_file_brings_the_contacts_that_calls_bring(loading: Loads) -> None:
    """Same attributes, same blacklist, one file; the run is as complete."""
    history = loading(customers=30, settings=SETTINGS)
    history.follow(history.start())
    by_call, ways = history.texts(), history.ways()
    history.begin_again(BY_FILE)

    history.follow(history.start())

    assert (ways, history.ways()) == ({"batchadd": 30}, {"bulkupload": 30})
    assert history.latest().state == "COMPLETE"
    assert history.texts() == by_call
    assert sum(is_blocked for _, is_blocked in by_call.values()) == 10


def test_netcore_is_told_an_address_that_is_signed_and_that_nobody_guesses(
    loading: Loads,
) -> None:
    """Half a day, version 4, a random name; nothing about anybody is in it."""
    history = loading(customers=6)

    history.follow(history.start())

    (told,) = history.received("uploads")
    (key,) = history.files()
    address = urlsplit(told["path"])
    signed = parse_qs(address.query)
    assert re.fullmatch(rf"uploads/{history.name}/20261123T1200\d\d-[0-9a-f]{{32}}\.csv", key)
    assert (address.scheme, address.path) == ("https", f"/{key}")
    assert (signed["X-Amz-Algorithm"], signed["X-Amz-Expires"]) == (["AWS4-HMAC-SHA256"], ["43200"])
    assert (told["listid"], told["notifyemail"]) == ("5", "o@example.com")


def test_few_contacts_go_by_call(loading: Loads) -> None:
    """A file pays where one call is not enough."""
    history = loading(customers=6, fewest=7)

    history.follow(history.start())

    assert history.ways() == {"batchadd": 6}
    assert history.files() == {}


def test_live_contacts_go_by_call(loading: Loads) -> None:
    """A webhook's contact waits for nobody to fetch a file, however many there are."""
    history = loading(customers=6)

    history.send(*(RefreshContact(one) for one in history.in_shopify()))
    history.lane.settle(history.contacts_worker(), batch=100)

    assert history.ways() == {"batchadd": 6}


def test_a_contact_whose_id_is_not_sent_goes_by_call(loading: Loads) -> None:
    """In a file it could not be found when somebody is to be forgotten: addresses change."""
    without_ids = BY_FILE.model_copy(
        update={"primary_key": "EMAIL", "attributes": Attributes(contact={"CUSTID": False})}
    )
    history = loading(customers=6, settings=without_ids)

    history.follow(history.start())

    assert history.files() == {}
    assert set(history.ways()) == {"batchadd"}


@pytest.mark.parametrize(
    "refusal",
    [{"do": "status", "status": 400}, {"do": "status", "status": 404}, {"do": "error_200"}],
    ids=lambda refusal: str(refusal.get("status", 200)),
)
def test_a_file_that_is_refused_goes_by_call(loading: Loads, refusal: dict[str, Any]) -> None:
    """Nothing is lost, and the file is not left behind."""
    history = loading(customers=6)
    history.fault(**refusal, match={"path": UPLOAD})

    history.follow(history.start())

    assert history.latest().state == "COMPLETE"
    assert history.ways() == {"batchadd": 6}
    assert history.files() == {}


@pytest.mark.parametrize(
    "fault",
    [
        {"do": "status", "status": 503},
        {"do": "throttle"},
        {"do": "reset_after_apply"},
    ],
    ids=lambda fault: str(fault["do"]),
)
def test_a_file_that_is_not_answered_is_sent_again(loading: Loads, fault: dict[str, Any]) -> None:
    """Later, as a new file; the one that nobody is to fetch is deleted."""
    history = loading(customers=6)
    history.fault(**fault, match={"path": UPLOAD})

    history.follow(history.start())

    assert history.latest().state == "COMPLETE"
    assert list(history.files()) == history.fetched()[-1:]
    assert set(history.at_netcore()) == set(history.in_shopify())
    assert set(history.ways()) == {"bulkupload"}


def test_a_wrong_key_parks_what_goes_by_file(loading: Loads) -> None:
    """As it does by call: the store's circuit opens, and nothing is tried the other way."""
    history = loading(customers=6)
    history.fault(do="error_200", message="Invalid API key", match={"path": UPLOAD})

    run = history.start()
    history.follow(run, until=lambda told: told["next"] == "wait")
    history.deliver()

    assert history.store().circuit == reasons.KEY_REFUSED
    assert (history.ways(), history.files()) == ({}, {})


def test_without_s3_contacts_go_by_call(loading: Loads) -> None:
    """A file that cannot be written keeps nobody waiting."""
    history = loading(customers=6)
    history.bucket = "there-is-none"

    history.follow(history.start())

    assert history.ways() == {"batchadd": 6}
