"""A store's product feed: built when it has to be, found by its address, gone with the store."""

import json
from collections.abc import Mapping
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from shopbridge.catalogue.addressing import rotate
from shopbridge.catalogue.objects import Objects
from shopbridge.catalogue.upload import Gzipped, Upload
from shopbridge.entry.feed_building import NotAllBuilt
from shopbridge.privacy.copies import Kept
from shopbridge.privacy.feed import ProductFeed
from shopbridge.privacy.left import Left
from shopbridge.privacy.objects import Objects as KeptObjects
from tests.feed_rules import broken, items
from tests.integration.account import KEPT, NOW, STORE, Account
from tests.integration.catalogue import Press
from tests.unit.catalogue.goods import row

OTHER = "other-store.myshopify.com"
NOWHERE = "A" * 32


def forget(press: Press) -> None:
    """Have the app removed, and forget the store's feed, as `shop/redact` does."""
    stores = press.account.repository(STORE)
    store = press.store(STORE)
    assert store
    left = Left(press.account.stores, stores.uninstall(store, NOW))
    for place in (ProductFeed(press.feeds), Kept(KeptObjects(press.account.s3, KEPT))):
        list(place.erase_store(STORE, left))


@pytest.fixture
def press(account: Account) -> Press:
    """Give out one store whose catalogue is on, with one variant."""
    press = Press(account)
    press.open()
    press.put(row())
    return press


def test_feed_is_served_at_its_address(press: Press) -> None:
    """RSS and JSON, by the rules, of the rows that there are."""
    looked = press.look()

    xml, plain = press.get(), press.get(f"{press.address()}.json")

    assert looked == {"built": 1}
    assert (xml.status, plain.status) == (200, 200)
    assert xml.headers["Content-Type"] == "application/xml; charset=utf-8"
    assert plain.headers["Content-Type"] == "application/json; charset=utf-8"
    assert broken(xml.raw) == []
    assert [one["id"] for one in items(xml.raw)] == [["11"]]
    assert [one["id"] for one in json.loads(plain.text)] == ["11"]


@pytest.mark.parametrize("accepted", ["gzip", "br;q=1, GZIP;q=0.5", "*"])
def test_compressed_for_who_takes_it(press: Press, accepted: str) -> None:
    """The same content in fewer bytes, and caches are told that there are two."""
    press.look()

    plain, packed = press.get(), press.get(accept_encoding=accepted)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert packed.text == plain.text
    assert len(packed.raw) < len(plain.raw)


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "gzip; q=0.0", "br"])
def test_plain_for_who_does_not(press: Press, accepted: str) -> None:
    """A weight of zero is a no."""
    press.look()

    said = press.get(accept_encoding=accepted)

    assert "Content-Encoding" not in said.headers
    assert broken(said.raw) == []


@pytest.mark.parametrize("how", ["{}", "W/{}", '"x", {}', "*"])
def test_what_a_puller_has_is_not_sent_again(press: Press, how: str) -> None:
    """304 while the content is the same, though it was built anew; 200 when it is not."""
    press.look()
    seen = how.format(press.get().headers["ETag"])
    press.look(24 * 60)

    same = press.get(if_none_match=seen)
    press.put(row(price="9.00"))
    press.look(15)
    other = press.get(if_none_match=seen)

    assert press.built_at() == NOW + timedelta(minutes=24 * 60 + 15)
    assert (same.status, same.raw) == (304, b"")
    assert other.status == (304 if how == "*" else 200)


def test_a_plain_etag_knows_the_compressed_feed(press: Press) -> None:
    """Each has a tag of its own, and either says what the puller has."""
    press.look()
    tags = [press.get(accept_encoding=coding).headers["ETag"] for coding in ("identity", "gzip")]

    said = press.get(accept_encoding="gzip", if_none_match=tags[0])

    assert tags[1] == f'{tags[0][:-1]}-gzip"'
    assert (said.status, said.headers["ETag"]) == (304, tags[1])


def test_built_soon_after_a_change_and_not_too_often(press: Press) -> None:
    """A change is seen after a quarter of an hour; without one, nothing is built for 23 hours."""
    first = press.look()
    press.put(row(price="9.00"))

    again, still = press.look(5), press.look(9)
    late = press.look(1)
    quiet = press.look(60)
    daily = press.look(22 * 60)

    assert [first, again, still] == [{"built": 1}, {"current": 1}, {"current": 1}]
    assert late == {"built": 1}
    assert quiet == {"current": 1}
    assert daily == {"built": 1}


def test_a_change_during_a_build_is_not_lost(press: Press) -> None:
    """Rows that changed while they were read are read again a quarter of an hour later."""
    press.before = lambda: press.put(row(12, item_group_id="2"))
    press.look()
    press.before = lambda: None

    again = press.look(15)

    assert again == {"built": 1}
    assert len(items(press.get().raw)) == 2


def test_another_choice_of_locations_is_built(press: Press) -> None:
    """What the merchant saves shows, although no product changed."""
    press.look()
    store = press.store(STORE)
    assert store
    before = items(press.get().raw)[0]["availability"]
    press.save(store, catalogue={"locations": {"5": False}})

    press.look(15)

    assert before == ["in_stock"]
    assert items(press.get().raw)[0]["availability"] == ["out_of_stock"]


def test_two_jobs_at_once_build_once(press: Press) -> None:
    """Whoever claims first builds; the other leaves it."""
    looked: list[Mapping[str, int]] = []

    def second() -> None:
        press.before = lambda: None
        looked.append(press.look())

    press.before = second
    looked.append(press.look())

    assert looked == [{"taken": 1}, {"built": 1}]
    assert len(press.account.keys(KEPT)) == 4


def test_one_stores_failure_stops_no_other(press: Press) -> None:
    """The others are built; the job fails so that somebody is told, and tries again."""
    press.open(OTHER)
    press.account.catalogue.put_item(Item={"store": OTHER, "variant": "1#1", "id": "1"})
    press.feeds.mark(OTHER, press.now)

    with pytest.raises(NotAllBuilt, match="1 feeds"):
        press.look()

    assert press.get().status == 200
    assert [key for key in press.account.keys(KEPT) if OTHER in key] == []
    press.account.catalogue.delete_item(Key={"store": OTHER, "variant": "1#1"})
    assert press.look() == {"built": 1, "current": 1}


def test_an_operator_has_a_feed_built_at_once(press: Press) -> None:
    """By name, however new the last one is; no other store's is looked at."""
    press.look()
    press.open(OTHER)
    press.feeds.mark(OTHER, press.now)

    looked = press.look(1, store=STORE)

    assert looked == {"built": 1}
    assert press.built_at() == NOW + timedelta(minutes=1)


def test_old_builds_are_removed(press: Press) -> None:
    """The one before stays, since somebody may be fetching it; older ones go."""
    prefixes = []
    for _ in range(3):
        press.look(24 * 60)
        feed = press.feeds.get(STORE)
        assert feed
        assert feed.build
        prefixes.append(feed.build.prefix)

    keys = press.account.keys(KEPT)

    assert {key.rpartition("/")[0] for key in keys} == set(prefixes[1:])
    assert len(keys) == 8


def test_a_new_address_ends_the_old_one(press: Press) -> None:
    """Revoked with one write; the feed itself goes on."""
    press.look()
    old = press.address()
    store = press.store(STORE)
    assert store

    new = rotate(store, press.feeds, press.vault)

    assert press.get(f"{old}.xml").status == 404
    assert press.get(f"{new}.xml").status == 200
    assert press.address() == new != old


def test_addresses_are_not_in_the_table(press: Press) -> None:
    """Who reads the table learns no address: there is a digest, and what KMS sealed."""
    press.look()

    rows = str(press.account.catalogue.scan()["Items"])

    assert press.address() not in rows


UNKNOWN = (
    f"{NOWHERE}.xml", f"{NOWHERE}.json", "short.xml", f"{NOWHERE}.txt", f"{NOWHERE}", "",
    f"{NOWHERE}.xml/x", "../stores.xml", f"{NOWHERE}.xml\n",
)  # fmt: skip


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_leads_nowhere_is_answered_in_one_way(press: Press, name: str) -> None:
    """An unknown address, an ended one and no address at all cannot be told apart."""
    press.look()
    ended = f"{press.address()}.xml"
    store = press.store(STORE)
    assert store
    rotate(store, press.feeds, press.vault)

    said = press.get(name or ".")

    assert said.status == 404
    assert said == press.get(ended)


def test_a_feed_that_is_not_built_yet_is_to_come(press: Press) -> None:
    """A puller comes again; it does not take nothing for an empty catalogue."""
    store = press.store(STORE)
    assert store
    address = rotate(store, press.feeds, press.vault)

    said = press.get(f"{address}.xml")

    assert (said.status, said.headers["Retry-After"]) == (503, "300")


def test_a_large_feed_is_fetched_from_s3(press: Press) -> None:
    """What one answer cannot carry is a redirect to a signed URL that ends soon."""
    press.largest_bytes = 100
    press.look()

    said = press.get(accept_encoding="gzip")

    assert said.status == 302
    assert "/feed.xml.gz?" in said.headers["Location"]
    assert "X-Amz-Expires=900" in said.headers["Location"]


def test_switched_off_is_gone(press: Press) -> None:
    """410 at once; the objects go with the next look, and all comes back under one address."""
    press.look()
    address = press.address()
    store = press.store(STORE)
    assert store
    store = press.save(store, product_catalogue=False)

    at_once = press.get()
    looked, again = press.look(5), press.look(5)
    keys = press.account.keys(KEPT)
    later = press.get()
    press.save(store, product_catalogue=True)
    press.look(5)

    assert (at_once.status, later.status) == (410, 410)
    assert (looked, again) == ({"withdrawn": 1}, {"off": 1})
    assert [key for key in keys if press.built_at().strftime("%H%M") in key] == []
    assert press.get().status == 200
    assert press.address() == address


def test_removing_the_app_ends_the_feed(press: Press) -> None:
    """404 at once, like any unknown address; minutes later nothing of it is left."""
    press.look()
    name = f"{press.address()}.xml"
    store = press.store(STORE)
    assert store
    press.account.repository(STORE).uninstall(store, NOW)

    at_once = press.get(name)
    looked = press.look(5)

    assert at_once.status == 404
    assert looked == {"forgotten": 1}
    assert press.account.keys(KEPT) == []
    rows = press.account.catalogue.scan()["Items"]
    assert [one for one in rows if one["store"] != STORE] == []


def test_a_new_install_gets_a_new_address(press: Press) -> None:
    """Who held the old one does not see what comes after."""
    press.look()
    old = f"{press.address()}.xml"
    press.account.repository(STORE).install(NOW)

    before = press.get(old).status
    looked = press.look(1)

    assert (before, looked) == (404, {"built": 1})
    assert press.get(old).status == 404
    assert press.get().status == 200


def test_shop_redact_leaves_nothing(press: Press) -> None:
    """Row, address and every object, also of builds that were never finished; no other store's."""
    press.look()
    press.open(OTHER)
    press.put(row(), store=OTHER)
    press.look()
    press.account.s3.put_object(Bucket=KEPT, Key=f"feeds/{STORE}/1/feed.xml", Body=b"left behind")

    forget(press)

    assert [key for key in press.account.keys(KEPT) if STORE in key] == []
    assert STORE not in str(
        [one for one in press.account.catalogue.scan()["Items"] if one["store"] != STORE]
    )
    assert press.get(f"{press.address(OTHER)}.xml").status == 200


def test_erased_while_it_is_built(press: Press) -> None:
    """What was built meanwhile is not published, and not left at S3 either."""
    press.before = lambda: forget(press)

    looked = press.look()

    assert looked == {"taken": 1}
    assert press.account.keys(KEPT) == []
    assert press.feeds.get(STORE) is None


def test_large_objects_go_up_in_parts(account: Account) -> None:
    """Parts and a rest are one object; given up, they are none."""
    content = bytes(range(256)) * 64 * 1024
    kept, dropped = Upload(account.s3, KEPT, "kept"), Upload(account.s3, KEPT, "dropped")

    for one in (kept, dropped):
        for start in range(0, len(content), 1_000_000):
            one.write(content[start : start + 1_000_000])
    kept.close()
    dropped.give_up()

    assert account.content(KEPT, "kept") == content
    assert kept.size == len(content) == 16 * 1024 * 1024
    assert account.keys(KEPT) == ["kept"]
    assert "Uploads" not in account.s3.list_multipart_uploads(Bucket=KEPT)


def test_equal_content_is_compressed_to_equal_bytes(account: Account) -> None:
    """No time is in them: who compares bytes sees no change where there is none."""
    for key in ("one", "two"):
        packed = Gzipped(Upload(account.s3, KEPT, key))
        packed.write(b"Bean Bag" * 1000)
        packed.close()

    assert account.content(KEPT, "one") == account.content(KEPT, "two")


class Refusing(Objects):
    """An S3 that does not answer."""

    def read(self, *_: object) -> bytes:
        """Fail as S3 does under load."""
        raise ClientError({"Error": {"Code": "SlowDown"}}, "GetObject")


def test_s3_that_does_not_answer_is_for_later(press: Press) -> None:
    """503, and the puller comes again."""
    press.look()
    press.objects = Refusing(press.account.s3, KEPT)

    said = press.get()

    assert said.status == 503
