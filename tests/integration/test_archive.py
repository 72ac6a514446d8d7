"""Every delivery reaches the archive once, byte for byte, and is found again."""

import gzip
import json
from datetime import UTC, datetime

import msgspec
import pytest

from functions.delivery import archive as function
from shopbridge.archive.reader import ArchiveReader, Wanted
from shopbridge.archive.writer import Archive
from shopbridge.commands import RefreshContact
from shopbridge.message import Message
from shopbridge.privacy.erased import Erased
from tests.integration.account import ARCHIVED, KEPT, NOW, STORE, Account
from tests.integration.messages import BODY, CONTACT, EVENT, HEAD, message, records, text

DAY = Wanted(since=datetime(2026, 11, 23, tzinfo=UTC), until=NOW)
OTHER = "bean-co.myshopify.com"


def reader(account: Account, store: str = STORE) -> ArchiveReader:
    """Return the archive of one store, to read."""
    return ArchiveReader(account.s3, ARCHIVED, store)


def test_batch_becomes_one_object_for_each_store_and_date(account: Account) -> None:
    """Lines lie by store and by the day of arrival, in UTC."""
    eve = datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC)

    failed = account.archive.add(
        {
            "1": text(message()),
            "2": text(message(event_id="e2")),
            "3": text(message(event_id="e3", store=OTHER)),
            "4": text(message(event_id="e4", received_at=eve)),
        }
    )

    assert failed == {}
    assert [key.rpartition("/")[0] for key in account.keys(ARCHIVED)] == [
        f"{OTHER}/2026-11-23",
        f"{STORE}/2026-11-22",
        f"{STORE}/2026-11-23",
    ]


def test_line_is_readable_and_holds_no_commands(account: Account) -> None:
    """A line shows head and body as they are; commands are made anew in a replay."""
    account.archive.add({"1": text(message())})

    (key,) = account.keys(ARCHIVED)
    line = json.loads(gzip.decompress(account.content(ARCHIVED, key)))

    assert key.startswith(f"{STORE}/2026-11-23/074801-")
    assert line["body"] == BODY.decode()
    assert line["head"]["event_id"] == EVENT
    assert "commands" not in line["head"]


def test_what_is_about_the_forgotten_is_left_out(account: Account) -> None:
    """It arrived when they were forgotten already: nothing has to be deleted later."""
    Erased(account.receipts, STORE, lambda: 0.0).note(["id:7001"], NOW)

    failed = account.archive.add(
        {
            "1": text(message(CONTACT, event_id="e-1")),
            "2": text(message(RefreshContact("7002"), event_id="e-2")),
        }
    )

    assert failed == {}
    assert [one.head.event_id for one in reader(account).deliveries(DAY)] == ["e-2"]


def test_same_batch_again_writes_the_same_object(account: Account) -> None:
    """A batch that comes again after a crash overwrites what it wrote, in any order."""
    texts = {"1": text(message()), "2": text(message(event_id="e2"))}
    account.archive.add(texts)
    before = account.keys(ARCHIVED)

    account.archive.add(dict(reversed(texts.items())))

    assert account.keys(ARCHIVED) == before


def test_delivery_in_two_batches_is_read_once(account: Account) -> None:
    """What a changed batch brings again is skipped when it is read."""
    account.archive.add({"1": text(message())})
    account.archive.add({"1": text(message()), "2": text(message(event_id="e2"))})

    found = [one.head.event_id for one in reader(account).deliveries(DAY)]

    assert sorted(found) == [EVENT, "e2"]


@pytest.mark.parametrize("body", [b"\xff\xfe not text", b"x" * 50_000, b""])
def test_bytes_come_back_as_they_were(account: Account, body: bytes) -> None:
    """Bytes that are no text and bodies that travelled compressed are kept exactly."""
    account.archive.add({"1": text(message(body=body))})

    (found,) = reader(account).deliveries(DAY)

    assert found.body == body


def test_claimed_body_is_fetched(account: Account) -> None:
    """A body too large to travel is taken from where it was put."""
    account.s3.put_object(Bucket=KEPT, Key="claim/large", Body=b'{"large":true}')

    account.archive.add({"1": text(claimed("claim/large"))})

    (found,) = reader(account).deliveries(DAY)
    assert found.body == b'{"large":true}'
    assert (found.head.body, found.head.claim) == ("plain", "")


def test_what_fails_fails_alone(account: Account) -> None:
    """A missing claim and a damaged text come again; the rest of the batch is archived."""
    failed = account.archive.add(
        {
            "good": text(message()),
            "lost": text(claimed("claim/nowhere")),
            "damaged": "no message at all",
        }
    )

    assert failed == {
        "lost": "claimed body: NoSuchKey",
        "damaged": "not a message of ours: DecodeError",
    }
    assert len(account.keys(ARCHIVED)) == 1


def test_bucket_that_refuses_fails_every_message(account: Account) -> None:
    """Nothing is taken for archived that S3 did not take."""
    nowhere = Archive(account.s3, "no-such-bucket", KEPT, account.forgotten)

    failed = nowhere.add({"1": text(message())})

    assert failed == {"1": "archive: NoSuchBucket"}


def test_function_reports_failed_messages_only(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The function tells SQS which messages to bring again."""
    monkeypatch.setenv("ARCHIVE_BUCKET", ARCHIVED)
    monkeypatch.setenv("RECEIPTS_TABLE", "receipts")
    monkeypatch.setenv("KEPT_BUCKET", KEPT)
    function.archive.cache_clear()

    answer = function.handler(records({"good": text(message()), "bad": "?"}), None)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "bad"}]}


def test_reader_filters_by_event_topic_and_time(account: Account) -> None:
    """Each filter alone finds its delivery, and a store finds only its own."""
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    account.archive.add(
        {
            "1": text(message()),
            "2": text(message(event_id="e2", topic="orders/updated")),
            "3": text(message(event_id="e3", received_at=noon)),
            "4": text(message(event_id="e4", store=OTHER)),
        }
    )
    archive, start = reader(account), datetime(2026, 11, 22, tzinfo=UTC)

    by_event = archive.deliveries(Wanted(since=start, until=NOW, event_id=EVENT))
    by_topic = archive.deliveries(Wanted(since=start, until=NOW, topic="orders/updated"))
    by_time = archive.deliveries(Wanted(since=start, until=noon))

    assert [one.head.event_id for one in by_event] == [EVENT]
    assert [one.head.event_id for one in by_topic] == ["e2"]
    assert [one.head.event_id for one in by_time] == ["e3"]
    assert [one.head.event_id for one in reader(account, OTHER).deliveries(DAY)] == ["e4"]


def claimed(key: str) -> Message:
    """Return a message whose body lies in S3."""
    return Message(msgspec.structs.replace(HEAD, body="claim", claim=key))
