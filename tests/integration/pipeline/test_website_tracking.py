"""Events of the website: who may tell them, whose they turn out to be, that each is sent once."""

from datetime import timedelta
from typing import Any

import pytest

from shopbridge import times
from shopbridge.commands import Identity
from shopbridge.privacy.mentions import Sought
from shopbridge.privacy.places import VisitorRows
from shopbridge.stores.settings import WebsiteTracking
from shopbridge.website_tracking.collected import LARGEST
from tests.integration.pipeline.cloud import Cloud
from tests.integration.pipeline.shoppers import CUSTOMER, SOMEBODY_ELSE
from tests.integration.pipeline.watched import Crash, Steps
from tests.integration.pipeline.website import HEADLESS, PIXEL_KEY, SANDBOX, Website

CALLS = 19
"""That the worker makes for one event and the checkout that it belongs to."""

CHECKOUT = {"itemcount": 1, "total_price": 12.5, "items": [{"prid": "7", "price": 12.5, "prqt": 1}]}


@pytest.fixture
def website(cloud: Cloud) -> Website:
    """An enabled store with a headless storefront and a pixel."""
    return Website(cloud)


def test_what_an_anonymous_visitor_did_is_told_when_they_are_known(website: Website) -> None:
    """All that came before the checkout, each once, at its own time, under Netcore's names."""
    website.tell()
    website.tell("Page View", params={"prid": 7, "price": 12.5, "compare_at_price": 15})
    website.tell("Product Search", params={"keyword": "mug", "items": [7, "8"]})
    website.tell("Remove from Cart", params={"prid": 7, "prqt": 2, "producttype": "Kitchen"})
    website.work()
    before = website.seen()
    website.pass_minutes(3)
    website.tell("Add to Cart", cart_token="cart-0001", params={"prid": 7, "type": "Kitchen"})
    website.work()

    website.checkout(cart_token="cart-0001")
    website.work()

    assert before == []
    assert sorted(website.seen()) == [
        ("Add To Cart", "7001"),
        ("Page Browse", "7001"),
        ("Product Search", "7001"),
        ("Product View", "7001"),
        ("Remove From Cart", "7001"),
    ]
    by_name = {one["activity_name"]: one for one in website.activities()}
    handle = website.name.partition(".")[0]
    seconds = int(website.ago(minutes=3).timestamp())
    assert by_name["Product View"]["activity_params"] == {
        "prid": 7,
        "price": 12.5,
        "compare_at_price": 15.0,
        "store": handle,
        "activitydate": seconds,
    }
    assert by_name["Product Search"]["activity_params"]["items"] == [7, 8]
    assert by_name["Remove From Cart"]["activity_params"]["producttype"] == "Kitchen"
    assert by_name["Page Browse"]["timestamp"] == f"{website.ago(minutes=3):%Y-%m-%dT%H:%M:%SZ}"


def test_a_checkout_of_the_pixel_waits_for_its_buyer(website: Website) -> None:
    """The sandbox has no origin but a key; the buyer comes with the webhook of the same token."""
    took = website.tell(
        "Checkout", origin=SANDBOX, key=PIXEL_KEY, checkout_token="token-0001", params=CHECKOUT
    )
    website.work()
    website.checkout(token="token-0001", customer=None)
    website.work()
    unknown = website.seen()

    website.checkout(token="token-0001")
    website.work()

    assert (took, unknown) == (202, [])
    (checkout,) = website.activities()
    assert (checkout["activity_name"], checkout["identity"]) == ("Checkout", "7001")
    params = checkout["activity_params"]
    assert (params["itemcount"], params["total_price"]) == (1, 12.5)
    assert params["items"] == [{"prid": 7, "price": 12.5, "prqt": 1}]


def test_an_order_names_a_buyer_whom_no_checkout_named(website: Website) -> None:
    """Who pays by a wallet is nobody until then; named once more, nothing is told again."""
    website.tell(
        "Checkout", origin=SANDBOX, key=PIXEL_KEY, checkout_token="token-0001", params=CHECKOUT
    )
    website.checkout(token="token-0001", cart_token="cart-0001", customer=None)
    website.work()
    unnamed = website.seen()

    website.order(checkout_token="token-0001", cart_token="cart-0001", customer=CUSTOMER)
    website.work()
    named = website.seen()
    website.checkout(token="token-0001", cart_token="cart-0001")
    website.work()

    assert unnamed == []
    assert named == website.seen() == [("Checkout", "7001")]


def test_a_guest_waits_until_the_order_says_who_they_are(website: Website) -> None:
    """An e-mail alone is nobody to this store's panel; told too early, the visit would be lost."""
    website.tell("Add to Cart", cart_token="cart-0001", params={"prid": 7})
    website.checkout(cart_token="cart-0001", customer=None, email=CUSTOMER["email"])
    website.work()
    early = website.in_ledger_as("website/known")

    website.order(cart_token="cart-0001", customer=CUSTOMER)
    website.checkout(cart_token="cart-0001", customer=None, email=CUSTOMER["email"])
    website.tell("Page Browse")
    website.work()

    assert early == []
    assert sorted(website.seen()) == [("Add To Cart", "7001"), ("Page Browse", "7001")]


def test_a_visitor_who_is_known_waits_no_more(website: Website) -> None:
    """The buyer may be known before any event, and stays so for the events to come."""
    website.checkout(cart_token="cart-0001")
    website.work()

    website.tell("Add to Cart", cart_token="cart-0001", params={"prid": 7})
    website.tell("Page Browse")
    website.work()

    assert sorted(website.seen()) == [("Add To Cart", "7001"), ("Page Browse", "7001")]


def test_another_visitor_is_not_that_person(website: Website) -> None:
    """Carts and checkouts lead to people; nothing else does."""
    website.tell(visitor="visitor-2")
    website.tell("Add to Cart", visitor="visitor-1", cart_token="cart-0001", params={"prid": 7})

    website.checkout(cart_token="cart-0001")
    website.checkout(token="token-0009", cart_token="cart-0009", customer=SOMEBODY_ELSE)
    website.work()

    assert website.seen() == [("Add To Cart", "7001")]


def test_the_same_event_is_told_once(website: Website) -> None:
    """Sent twice, or a checkout that is entered again: the door says so already."""
    event = website.event("Add to Cart", cart_token="cart-0001", params={"prid": 7})
    answers = [website.ask(event), website.ask(event)]
    for number in (1, 2):
        answers.append(
            website.tell(
                "Checkout", id=f"entry-00{number}", checkout_token="t-000001", params=CHECKOUT
            )
        )

    website.checkout(token="t-000001", cart_token="cart-0001")
    website.work()
    website.checkout(token="t-000001", cart_token="cart-0001")
    website.work()

    assert answers == [202] * 4
    assert sorted(website.seen()) == [("Add To Cart", "7001"), ("Checkout", "7001")]
    (delivery,) = [row for row in website.in_ledger_as("website/checkout") if "kind" not in row]
    assert (delivery["arrivals"], delivery["via"]) == (2, "storefront")


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(1, CALLS + 1))
def test_a_worker_that_dies_anywhere_neither_loses_nor_doubles(
    website: Website, at: int, after: bool
) -> None:
    """At each call of holding, of knowing and of telling; the messages come again."""
    website.tell("Add to Cart", cart_token="cart-0001", params={"prid": 7})
    website.checkout(cart_token="cart-0001")
    website.visits.put(website.cloud.take("website-tracking", website.name))
    website.visits.settle(website.joiner(Steps(at=at, error=Crash(), after=after)))

    website.pass_minutes(1)
    website.work()

    assert website.seen() == [("Add To Cart", "7001")]


def test_every_call_of_the_worker_is_struck_above(website: Website) -> None:
    """The range above ends where its work does: held, met, known, told and let go."""
    website.tell("Add to Cart", cart_token="cart-0001", params={"prid": 7})
    website.checkout(cart_token="cart-0001")
    website.visits.put(website.cloud.take("website-tracking", website.name))
    steps = Steps()

    website.visits.settle(website.joiner(steps))

    assert len(steps.made) == CALLS
    assert website.visits.messages == []


def test_nothing_is_stored_without_consent(website: Website) -> None:
    """One of the two is not enough; neither the ledger nor a queue hears of it."""
    refused = [
        website.tell(consent={"analytics": analytics, "marketing": marketing})
        for analytics, marketing in ((False, True), (True, False), (False, False))
    ]

    assert refused == [403, 403, 403]
    assert website.in_ledger_as("website/page_browse") == []
    assert website.cloud.take("website-tracking", website.name) == []


@pytest.mark.parametrize(
    ("origin", "key", "answer"),
    [
        ("https://shop.example.com", "", 202),
        ("https://evil.example.com", "", 403),
        ("https://shop.example.com.evil.example.com", "", 403),
        ("http://shop.example.com", "", 403),
        ("null", "", 403),
        ("", "", 403),
        ("null", PIXEL_KEY, 202),
        ("https://checkout.example.com", PIXEL_KEY, 202),
        ("https://shop.example.com", "another-key", 403),
    ],
)
def test_only_the_storefront_is_heard(website: Website, origin: str, key: str, answer: int) -> None:
    """A listed origin, or the pixel's key; a wrong key is not mended by an origin."""
    assert website.tell(origin=origin, key=key) == answer


def test_an_unknown_store_and_one_without_origins_take_nothing(cloud: Cloud) -> None:
    """What is no store, or has no headless storefront, has no door."""
    closed = HEADLESS.model_copy(update={"website_tracking": WebsiteTracking()})
    website = Website(cloud, settings=closed)

    answers = [
        website.tell(),
        *(website.tell(store=name) for name in ("nobody.myshopify.com", "x")),
    ]

    assert answers == [403, 403, 403]


WRONG: dict[str, dict[str, Any]] = {
    "a field that nobody knows": {"more": 1},
    "no name": {"name": ""},
    "a name without end": {"name": "x" * 101},
    "an id of another kind": {"id": "<script>"},
    "an id that is too short": {"id": "short"},
    "a time without zone": {"at": "2026-11-23T12:00:00"},
    "no time": {"at": "yesterday"},
    "consent as a word": {"consent": "yes"},
    "parameters as a list": {"params": []},
    "another event's parameters": {"params": {"keyword": "mug"}},
    "a parameter that nobody knows": {"params": {"pageurl": "https://x.example.com", "x": 1}},
    "a text without end": {"params": {"pageurl": "x" * 2049}},
    "a product that is none": {"name": "Page View", "params": {"prid": "mug"}},
    "a negative price": {"name": "Page View", "params": {"prid": 7, "price": -1}},
    "too many items": {
        "name": "Checkout",
        "checkout_token": "token-0001",
        "params": {"itemcount": 41, "items": [{"prid": 7}] * 41},
    },
    "an own event that is not flat": {"name": "Quiz", "params": {"answers": {"a": 1}}},
    "an own event with 21 parameters": {
        "name": "Quiz",
        "params": {f"p{number}": 1 for number in range(21)},
    },
}


@pytest.mark.parametrize("changes", WRONG.values(), ids=WRONG)
def test_another_shape_is_refused(website: Website, changes: dict[str, Any]) -> None:
    """Nothing of it is kept, and the log does not quote it."""
    assert website.tell(**changes) == 400
    assert website.cloud.take("website-tracking", website.name) == []


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', "\x00", "[" * 5000])
def test_what_is_no_json_object_is_refused(website: Website, body: str) -> None:
    """Whatever somebody sends, it is a 400."""
    assert website.ask(body) == 400


def test_large_old_and_future_events_are_refused(website: Website) -> None:
    """Bodies are small, Netcore starts nothing for what is older than a day, clocks are right."""
    day = times.text(website.ago(hours=25))
    ahead = times.text(website.clock.now() + timedelta(minutes=6))

    answers = [website.ask("x" * (LARGEST + 1)), website.tell(at=day), website.tell(at=ahead)]

    assert answers == [413, 403, 403]


def test_a_flood_ends_at_the_stores_share_of_a_minute(website: Website) -> None:
    """What is too much is refused; the next minute is a new one."""
    answers = [website.tell(most=2) for _ in range(3)]
    website.pass_minutes(1)
    answers.append(website.tell(most=2))

    assert answers == [202, 202, 429, 202]


def test_any_page_may_ask_whether_it_may_ask(website: Website) -> None:
    """A preflight learns the same for all; there are no cookies to protect."""
    event = {"requestContext": {"http": {"method": "OPTIONS"}}, "headers": {}}

    answer = website.door()(event, None)

    assert answer["statusCode"] == 204
    assert answer["headers"]["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer["headers"]


def test_what_is_switched_off_stays_unsent_for_good(website: Website) -> None:
    """It ends `disabled` at the door; switched on again it begins from then."""
    off = HEADLESS.website_tracking.model_copy(update={"events": {"Page Browse": False}})
    store = website.repository().save(
        website.store(), HEADLESS.model_copy(update={"website_tracking": off}), website.clock.now()
    )
    website.pass_minutes(1)
    website.tell()
    website.pass_minutes(1)
    website.repository().save(store, HEADLESS, website.clock.now())
    website.pass_minutes(1)
    website.tell("Add to Cart", cart_token="cart-0001", params={"prid": 7})

    website.checkout(cart_token="cart-0001")
    website.work()

    assert website.seen() == [("Add To Cart", "7001")]
    (row,) = website.in_ledger_as("website/page_browse")
    assert row["commands"] == ["HoldActivity|Page Browse|disabled"]


def test_a_merchants_own_event_goes_the_same_way(website: Website) -> None:
    """Under its own name, with its own parameters; its name is in no counter."""
    website.tell("Quiz Done", cart_token="cart-0001", params={"score": 7, "won": True, "note": ""})

    website.checkout(cart_token="cart-0001")
    website.work()

    (quiz,) = website.activities()
    assert quiz["activity_name"] == "Quiz Done"
    assert quiz["activity_params"]["score"] == 7
    assert website.in_ledger_as("website/own") != []


def test_nothing_leads_from_one_store_to_another(cloud: Cloud) -> None:
    """The same visitor, cart and checkout in two stores are two people."""
    one, other = Website(cloud), Website(cloud)
    for website in (one, other):
        website.tell("Add to Cart", cart_token="cart-0001", params={"prid": 7})
    one.checkout(cart_token="cart-0001")

    for website in (one, other):
        website.work()

    assert (len(one.seen()), other.seen()) == (1, [])


def test_what_waits_is_unreadable_at_rest(website: Website) -> None:
    """Rows hold an anonymous id and Shopify's tokens; content and buyer are sealed."""
    website.tell(cart_token="cart-0001", params={"pageurl": "https://x.example.com/cnry-page"})
    website.checkout(token="token-0002", cart_token="cart-0002")
    website.work()

    lying = repr(website.rows_at_rest())

    assert "cart-0001" in lying
    assert [
        word for word in ("cnry-page", "7001", "cnry-ada", "447700900123") if word in lying
    ] == []


@pytest.mark.parametrize("known_by", ["customer_id", "email", "phone"])
def test_a_person_is_forgotten_with_their_visits(website: Website, known_by: str) -> None:
    """By any identifier: who the visitor is, what they held, and what still waits."""
    website.checkout(cart_token="cart-0001")
    website.tell("Add to Cart", cart_token="cart-0001", params={"prid": 7})
    website.tell(visitor="visitor-9")
    website.work()
    given = {"customer_id": "7001", "email": CUSTOMER["email"], "phone": CUSTOMER["phone"]}
    person = Identity(**{known_by: given[known_by]})  # type: ignore[arg-type]  # texts

    rows = VisitorRows(website.table, website.keyring.known)
    list(rows.erase_person(website.name, Sought(person), ""))

    names = {str(row["row"]).partition("#")[0] for row in website.rows_at_rest()}
    assert names & {"visitor", "met"} == set()
    assert [row["row"] for row in website.rows_at_rest() if "held#" in row["row"]] != []


def test_a_store_is_forgotten_with_its_visitors(website: Website) -> None:
    """All that is kept of them lies in the shards that go with the store's checkouts."""
    website.tell("Add to Cart", cart_token="cart-0001", params={"prid": 7})
    website.checkout(cart_token="cart-0001")
    website.work()

    website.tell("Page Browse", visitor="visitor-9")
    website.work()

    places = {str(row["store_shard"]) for row in website.rows_at_rest()}

    assert places <= {f"{website.name}#{shard}" for shard in range(10)} | {f"{website.name}#secret"}
