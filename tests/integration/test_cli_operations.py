"""Trace, report, parked and replay from the command line."""

import pytest

from shopbridge import reasons
from shopbridge.ledger.outcomes import Outcomes
from shopbridge.outcome import Outcome
from shopbridge.work import Ended, Item
from tests.integration.account import NOW, STORE, Account
from tests.integration.command import shopbridge
from tests.integration.messages import CONTACT, EVENT, HEAD, PURCHASE, message, text
from tests.unit.ledger.written import delivery_row

ID = f"{EVENT}#orders/create#0123456789abcdef#0"
EARLY = "--since=2026-11-23T07:00Z"


@pytest.fixture(autouse=True)
def _deployed(account: Account) -> None:
    account.describe()
    account.ledger.put_item(Item=delivery_row())
    account.count()


def end(account: Account, outcome: Outcome, reason: str = "") -> None:
    """End both commands of the delivery, the first as given."""
    account.station.record(Item(HEAD, 0, PURCHASE, "m1", 1), Ended(outcome, reason))
    Outcomes(account.ledger).write(Item(HEAD, 1, CONTACT, "m1", 1), Ended("unchanged"), NOW)
    account.count()


def test_trace_shows_verdict_and_next_step(account: Account) -> None:
    """The only store there is needs no naming; times, hops and verdict are JSON."""
    end(account, "parked", reasons.KEY_REFUSED)

    done = shopbridge("trace", "#1001", "--json")

    (told,) = done.json["deliveries"]
    assert (done.code, told["outcome"]) == (0, "parked")
    assert told["verdict"].startswith("1 of 2 done: Product Purchase parked")
    assert told["next"] == "shopbridge settings key"
    assert [hop["what"] for hop in told["hops"]] == [
        "triggered",
        "received",
        "published",
        "parked",
        "unchanged",
    ]


def test_trace_is_readable(account: Account) -> None:
    """People get a time line, a verdict and what to type next."""
    end(account, "failed", reasons.GAVE_UP)

    done = shopbridge("trace", "1001")

    assert "2026-11-23 07:48:01.100  webhook" in done.out
    assert "Verdict: 1 of 2 done: Product Purchase failed" in done.out
    assert f"Next: shopbridge parked resume '{ID}'" in done.out


def test_trace_of_nothing_is_a_finding() -> None:
    """An order nobody heard of ends with exit code 1."""
    done = shopbridge("trace", "#9999")

    assert (done.code, done.err) == (1, f"nothing is known of #9999 in {STORE}\n")


def test_trace_of_an_address_asks_shopify(account: Account) -> None:
    """A store whose tokens are not there cannot be asked, which is no finding about the buyer."""
    account.repository(STORE).install(NOW)

    done = shopbridge("trace", "ada@example.com", "--store", STORE)

    assert (done.code, done.err) == (3, "Shopify: no Shopify access token is saved\n")


def test_trace_of_what_cannot_be_quoted_is_a_usage_error() -> None:
    """It could end its quotation in Shopify's search."""
    done = shopbridge("trace", 'ada"@example.com', "--store", STORE)

    assert (done.code, done.err) == (2, "this is no e-mail address\n")


def test_report_that_balances(account: Account) -> None:
    """Deliveries and commands per topic, in JSON and for people."""
    end(account, "delivered")

    done = shopbridge("report", EARLY, "--wait=0", "--json")
    shown = shopbridge("report", EARLY, "--wait=0")

    assert done.code == 0
    assert done.json["balanced"] is True
    assert done.json["deliveries"]["topics"]["orders/create"] == {
        "arrivals": 1,
        "duplicates": 0,
        "made": 1,
        "published": 1,
        "parked": 0,
        "failed": 0,
        "waiting": 0,
    }
    assert done.json["commands"]["kinds"]["RecordActivity"]["delivered"] == 1
    assert (done.json["commands"]["made"], done.json["commands"]["waiting"]) == (2, 0)
    assert "It balances." in shown.out


def test_report_that_does_not_balance(account: Account) -> None:
    """Commands without outcome and without message end with exit code 1, and are named."""
    done = shopbridge("report", EARLY, "--wait=0", "--json")

    assert done.code == 1
    assert done.json["balanced"] is False
    assert "1 RecordActivity have no outcome, but nothing waits in their queue" in done.err


def test_parked_list_show_and_resume(account: Account) -> None:
    """From the list to its content and on to the queue, by the same id."""
    end(account, "parked", reasons.PAUSED)

    listed = shopbridge("parked", "list", "--json")
    shown = shopbridge("parked", "show", ID, "--content")
    resumed = shopbridge("parked", "resume", ID, "--json")

    (one,) = listed.json["parked"]
    assert (one["id"], one["reason"]) == (ID, "paused")
    assert shown.json["content"]["head"]["commands"][0]["name"] == "Product Purchase"
    assert resumed.json["items"] == [{"id": ID, "outcome": "waiting", "problem": ""}]
    assert len(account.received()) == 1
    assert shopbridge("parked", "list").out == "Nothing waits for anybody.\n"


def test_parked_show_keeps_content_back_unless_asked(account: Account) -> None:
    """Personal data is printed only on request."""
    end(account, "parked", reasons.PAUSED)

    shown = shopbridge("parked", "show", ID, "--json")

    assert "content" not in shown.json


def test_resume_wants_to_know_what(account: Account) -> None:
    """Nothing is resumed by accident."""
    end(account, "parked", reasons.PAUSED)

    done = shopbridge("parked", "resume")

    assert done.code == 2
    assert account.received() == []


def test_resume_that_gets_stuck_is_a_finding(account: Account) -> None:
    """What could not be resumed is named, and stays."""
    end(account, "parked", reasons.PAUSED)
    kept = account.row(f"{STORE}#{EVENT}", ID.partition("#")[2])["kept"]
    account.s3.delete_object(Bucket="kept-bucket", Key=kept)

    done = shopbridge("parked", "resume", "--reason=paused", "--json")

    assert (done.code, done.json["still open"]) == (1, 1)
    assert "no longer kept" in done.err


def test_replay_only_shows_unless_told_to_send(account: Account) -> None:
    """As JSON without --yes it is a dry run; nothing is invoked."""
    account.archive.add({"1": text(message())})

    done = shopbridge("replay", EVENT, EARLY, "--json")

    assert done.json == {
        "dry_run": True,
        "deliveries": [
            {
                "event_id": EVENT,
                "topic": "orders/create",
                "received_at": "2026-11-23T07:48:01+00:00",
            }
        ],
    }


def test_replay_asks_before_it_sends(account: Account) -> None:
    """A no at the prompt sends nothing."""
    account.archive.add({"1": text(message())})

    done = shopbridge("replay", "--topic=orders/create", EARLY, typed="n\n")

    assert (done.code, done.err) == (0, "nothing was sent\n")
    assert "orders/create" in done.out


def test_replay_of_nothing_is_a_finding() -> None:
    """An empty selection says where to look instead."""
    done = shopbridge("replay", "--reason=nobody")

    assert done.code == 1
    assert "nothing in the archive matches" in done.err


@pytest.mark.parametrize("since", ["yesterday", "2 weeks"])
def test_time_that_is_none_is_usage(since: str) -> None:
    """A time that cannot be read ends with exit code 2."""
    done = shopbridge("report", f"--since={since}")

    assert done.code == 2
