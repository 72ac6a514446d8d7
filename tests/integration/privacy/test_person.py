"""customers/redact: somebody is forgotten, everywhere, for good, and nobody else with them."""

import gzip
from typing import Any

import pytest

from shopbridge import reasons
from shopbridge.commands import ErasePerson, Identity
from shopbridge.errors import Unavailable
from shopbridge.privacy.copies import Archived
from shopbridge.privacy.mentions import Sought
from shopbridge.privacy.objects import Objects, Seen
from shopbridge.privacy.rows import LedgerRows
from shopbridge.privacy.uploads import Uploaded
from shopbridge.receipts.effects import shard_of
from shopbridge.stores.settings import Settings
from shopbridge.stores.store import never_installed
from shopbridge.work import Ended, Later
from tests.integration.account import ARCHIVED, KEPT, NOW, STORE
from tests.integration.privacy.forgetting import (
    CANARY,
    MINUTE,
    OTHER,
    SECRET,
    Forgetting,
    keep,
    known,
    plant,
    put,
    slice_of,
    uploaded,
)


def test_a_person_is_gone_from_every_place(forgetting: Forgetting) -> None:
    """Rows, archived, parked and claimed content: a search of all bytes finds nobody."""
    store = forgetting.office.install()
    plant(forgetting.account, STORE)
    assert CANARY in forgetting.dumped()

    forgetting.gone(store)

    assert CANARY not in forgetting.dumped()


def test_the_same_customer_of_another_store_stays(forgetting: Forgetting) -> None:
    """Equal ids and addresses in two stores are two people."""
    store = forgetting.office.install()
    plant(forgetting.account, STORE)
    plant(forgetting.account, OTHER)

    forgetting.gone(store)

    assert forgetting.dumped().count(CANARY) == 7
    assert STORE not in str(forgetting.account.contacts.scan()["Items"])
    assert {key.split("/")[1] for key in forgetting.account.keys(KEPT)} == {OTHER}


def test_netcore_is_asked_when_nobody_sends_any_more(forgetting: Forgetting) -> None:
    """First the digests, then a worker's life is waited for, then Netcore; twice is as good."""
    store = forgetting.office.install()

    first = forgetting.person(store)
    forgetting.now = NOW + MINUTE
    second = forgetting.person(store)
    third = forgetting.person(store)

    received = forgetting.office.panel.get("/_received").json()
    assert first == Later("workers that began before may still send", 61)
    assert (second, third) == (Ended("delivered"), Ended("delivered"))
    assert len(received["erasures"]) == 2


def test_without_a_key_netcore_cannot_be_asked(forgetting: Forgetting) -> None:
    """A store that left, or one never known: forgotten here, and the reason says what is left."""
    done = forgetting.gone(never_installed(OTHER, NOW))

    assert done == Ended("delivered", reasons.NOT_AT_NETCORE)


def test_what_stays_of_a_person_are_digests(forgetting: Forgetting) -> None:
    """Neither id nor address can be read where the forgotten are noted."""
    forgetting.person(forgetting.office.install())

    noted = str(forgetting.account.receipts.scan()["Items"])

    assert len(forgetting.account.receipts.scan()["Items"]) == 6
    assert not any(text in noted for text in ("id:", "order:", CANARY, "4930123456"))


@pytest.mark.parametrize(
    "body",
    [
        {"note": f"please write to {CANARY.upper()}, thanks"},
        {"id": 1, "billing_address": {"phone": "030 / 12 34 56"}},
        {"note": "call +49 (0)30-123456"},
        {"note": "as in order 1001"},
        {"customer": {"admin_graphql_api_id": "gid://shopify/Customer/7001"}},
    ],
    ids=["address in a text", "number", "number in a text", "order", "id"],
)
def test_what_may_name_them_is_not_kept(forgetting: Forgetting, body: Any) -> None:
    """In doubt a copy is deleted: it is kept for a replay alone."""
    store = forgetting.office.install(settings=Settings(country="DE"))
    keep(forgetting.account, STORE, "e-1", body)

    forgetting.gone(store)

    assert (forgetting.account.keys(KEPT), forgetting.account.keys(ARCHIVED)) == ([], [])


@pytest.mark.parametrize(
    "body",
    [f'{{"email": "{CANARY}'.encode(), rb'{"email": "cnry.ada\u0040example.com"', b"7001\xff\xfe"],
    ids=["cut off", "escaped", "bytes"],
)
def test_a_body_that_is_no_json_is_searched_too(forgetting: Forgetting, body: bytes) -> None:
    """Whatever was archived as it came may name somebody."""
    store = forgetting.office.install()
    put(forgetting.account, "2026-11-23", {"e-1": body, "e-2": b'{"id": 1002}'})

    forgetting.gone(store)

    (key,) = forgetting.account.keys(ARCHIVED)
    (line,) = gzip.decompress(forgetting.account.content(ARCHIVED, key)).splitlines()
    assert b'"event_id":"e-2"' in line


def test_of_two_erasures_in_one_archived_object_neither_brings_the_other_back(
    forgetting: Forgetting,
) -> None:
    """Between reading and writing of the first, the second is done: the first comes again."""
    forgetting.office.install()
    bodies = {f"e-{n}": f'{{"customer": {{"id": {n}}}}}'.encode() for n in (7001, 7002, 7003)}
    put(forgetting.account, "2026-11-23", bodies)

    class Overtaken(Objects):
        def seen(self, key: str) -> Seen | None:
            found = super().seen(key)
            list(archived(Objects).erase_person(STORE, Sought(Identity("7002")), ""))
            return found

    def archived(objects: type[Objects]) -> Archived:
        found = objects(forgetting.account.s3, ARCHIVED)
        return Archived(found, LedgerRows(forgetting.account.ledger), lambda: forgetting.now)

    with pytest.raises(Unavailable):
        list(archived(Overtaken).erase_person(STORE, Sought(Identity("7001")), ""))

    list(archived(Objects).erase_person(STORE, Sought(Identity("7001")), ""))
    (key,) = forgetting.account.keys(ARCHIVED)
    (line,) = gzip.decompress(forgetting.account.content(ARCHIVED, key)).splitlines()
    assert b'"event_id":"e-7003"' in line


def test_the_ledger_forgets_what_the_archive_knows_to_be_theirs(forgetting: Forgetting) -> None:
    """A guest's order goes by its address; one that only mentions it is somebody else's."""
    store = forgetting.office.install()
    for event, body in (("e-1", {"email": CANARY}), ("e-2", {"note": f"for {CANARY}"})):
        keep(forgetting.account, STORE, event, body, digest="d")
        known(forgetting.account, STORE, event, f"order#{event}")

    forgetting.gone(store)

    left = {row["delivery"] for row in forgetting.account.ledger.scan()["Items"]}
    assert left == {f"{STORE}#e-2"}


@pytest.mark.parametrize(
    "body",
    [{"id": 17001, "email": "not-ada@example.com"}, {"phone": "4930123456789"}, {"total": "10010"}],
)
def test_what_names_somebody_else_stays(forgetting: Forgetting, body: Any) -> None:
    """Longer numbers and other addresses are other people's."""
    store = forgetting.office.install()
    keep(forgetting.account, STORE, "e-1", body)

    forgetting.gone(store)

    assert (len(forgetting.account.keys(KEPT)), len(forgetting.account.keys(ARCHIVED))) == (2, 1)


@pytest.mark.parametrize(("day", "tags"), [("2026-11-23", "14"), ("2026-11-11", "2")])
def test_a_rewritten_object_lives_no_longer(forgetting: Forgetting, day: str, tags: str) -> None:
    """S3 counts from the rewrite, so a tag says how many days the original had left."""
    store = forgetting.office.install()
    put(forgetting.account, day, {"e-1": CANARY.encode(), "e-2": b"{}"})

    forgetting.gone(store)

    (key,) = forgetting.account.keys(ARCHIVED)
    answer = forgetting.account.s3.get_object_tagging(Bucket=ARCHIVED, Key=key)
    assert answer["TagSet"] == [{"Key": "days-left", "Value": tags}]


def test_an_object_whose_days_are_over_is_not_rewritten(forgetting: Forgetting) -> None:
    """It would go tonight: nothing is won by a copy that lives a day longer."""
    store = forgetting.office.install()
    put(forgetting.account, "2026-11-09", {"e-1": CANARY.encode(), "e-2": b"{}"})

    forgetting.gone(store)

    assert forgetting.account.keys(ARCHIVED) == []


def test_an_erasure_goes_on_where_its_time_ended(forgetting: Forgetting) -> None:
    """Two steps in an invocation: each object is looked at once, whatever number there are."""
    store = forgetting.office.install()
    for number in range(9):
        put(
            forgetting.account, f"2026-11-1{number}", {f"e-{number}": CANARY.encode(), "e-x": b"{}"}
        )
    plant(forgetting.account, STORE)
    forgetting.person(store)
    forgetting.now += MINUTE

    results = forgetting.finished(lambda: forgetting.person(store), steps=2)

    assert len(results) > 5
    assert results[-1] == Ended("delivered")
    assert CANARY not in forgetting.dumped()
    assert len(forgetting.account.keys(ARCHIVED)) == 9


def test_many_orders_are_forgotten_in_steps(forgetting: Forgetting) -> None:
    """The ledger is asked for each order once, however often the time is over."""
    orders = tuple(str(number) for number in range(5001, 5031))
    store = forgetting.office.install()
    for order in orders:
        known(forgetting.account, STORE, f"e-{order}", f"order#{order}", title=f"#{order}")
    command = ErasePerson(Identity("7001"), orders)
    forgetting.person(store, command)
    forgetting.now += MINUTE

    results = forgetting.finished(lambda: forgetting.person(store, command), steps=10)

    assert 3 <= len(results) <= 6
    assert forgetting.account.ledger.scan()["Items"] == []


def test_what_history_wrote_of_a_customer_goes_too(forgetting: Forgetting) -> None:
    """A slice's rows are named after customers; of the slice itself and others nothing goes."""
    store = forgetting.office.install()
    slice_of(forgetting.account, STORE, "7001", "7002")

    forgetting.gone(store)

    rows = [row["row"] for row in forgetting.account.ledger.scan()["Items"]]
    assert rows == ["history/customers#customers-001#70020"]


def test_a_runs_lists_stay(forgetting: Forgetting) -> None:
    """Without its list of ids a run could not be verified; it holds ids alone, for 14 days."""
    store = forgetting.office.install()
    key = f"runs/{STORE}/history-1/customers-001.json"
    forgetting.account.s3.put_object(Bucket=KEPT, Key=key, Body=b'["7001", "7002"]')

    forgetting.gone(store)

    assert forgetting.account.keys(KEPT) == [key]


def test_a_file_of_contacts_loses_a_row_and_keeps_its_address(forgetting: Forgetting) -> None:
    """Netcore may not have fetched it yet, and the others in it are to arrive."""
    store = forgetting.office.install()
    rows = ["7001,new@example.com", f"7002,{CANARY}", "7003,bea@example.com"]
    key = uploaded(forgetting.account, STORE, *rows)

    forgetting.gone(store)

    left = forgetting.account.s3.get_object(Bucket=KEPT, Key=key)
    assert left["Body"].read() == b"CUSTID,EMAIL\r\n7003,bea@example.com\r\n"
    assert left["ContentType"] == "text/csv"


def test_of_two_erasures_at_once_neither_brings_the_other_back(forgetting: Forgetting) -> None:
    """A file that somebody else wrote since it was read is not written over: it comes again."""
    forgetting.office.install()
    key = uploaded(forgetting.account, STORE, "7001,a@example.com", "7002,b@example.com", "7003,")
    objects = Objects(forgetting.account.s3, KEPT)
    seen = objects.seen(key)
    assert seen
    uploads = Uploaded(objects, lambda: forgetting.now)
    list(uploads.erase_person(STORE, Sought(Identity("7001")), ""))

    with pytest.raises(Unavailable):
        objects.replace(key, seen, b"CUSTID,EMAIL\r\n7001,a@example.com\r\n7003,\r\n")

    list(uploads.erase_person(STORE, Sought(Identity("7002")), ""))
    assert objects.read(key) == b"CUSTID,EMAIL\r\n7003,\r\n"


def test_a_file_of_others_is_left_alone(forgetting: Forgetting) -> None:
    """It is not written anew: S3 would count its two days again."""
    store = forgetting.office.install()
    key = uploaded(forgetting.account, STORE, "7003,bea@example.com")
    before = forgetting.account.s3.head_object(Bucket=KEPT, Key=key)["LastModified"]

    forgetting.gone(store)

    assert forgetting.account.s3.head_object(Bucket=KEPT, Key=key)["LastModified"] == before


def test_a_file_that_nobody_can_fetch_any_more_is_deleted(forgetting: Forgetting) -> None:
    """Its address has ended after half a day; whoever is in it, nothing waits for it."""
    store = forgetting.office.install()
    uploaded(forgetting.account, STORE, "7003,bea@example.com", at="20261122T200000")
    key = uploaded(forgetting.account, STORE, "7003,bea@example.com", at="20261122T200200")

    forgetting.gone(store)

    assert forgetting.account.keys(KEPT) == [key]


def test_a_checkout_is_found_by_a_number_without_prefix(forgetting: Forgetting) -> None:
    """Its marks were made with the store's country, so they are looked for with it."""
    store = forgetting.office.install(settings=Settings(country="DE"))
    (mark,) = SECRET.marks(Identity(phone="+49 30 123456"), "DE")
    rows = [mark, f"{mark}/checkout#t"]
    for row in rows:
        place = shard_of(STORE, mark)
        forgetting.account.checkouts.put_item(Item={"store_shard": place, "row": row})

    forgetting.gone(store, ErasePerson(Identity(phone="030 123456")))

    assert forgetting.account.checkouts.scan()["Items"] == []
